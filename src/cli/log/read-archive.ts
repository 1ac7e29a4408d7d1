import { StartRefused } from '../../config/start-refused.js';
import type { ProgressDone } from '../terminal/progress.js';
import type { LineSource } from '../import/read-lines.js';
import { fromEnvelope } from './envelope.js';
import type { Incoming } from './fill-log.js';

const maxEvents = 1_000;
const maxCharacters = 8 * 1024 * 1024;

/**
 * The events of an archive, or of several of them one after the other, in batches. Throws StartRefused naming the line that is
 * not an event, and where the archive ends before its last line. What only the hash can tell is for fillLog to see.
 */
export async function* readArchive(
  source: LineSource,
  onProgress: (done: ProgressDone) => void,
): AsyncGenerator<Incoming[], void> {
  let batch: Incoming[] = [];
  let characters = 0;
  let end = { line: 0, isLast: false };
  for await (const { number: line, text } of source.lines) {
    const archived = understood(text);
    if (archived instanceof Error) {
      // A line before it may be worse: that is the one to be named.
      if (batch.length > 0) yield batch;
      throw new StartRefused(`line ${line}: ${archived.message}`, { cause: archived });
    }
    const { event, hash, last } = archived;
    batch.push({ event, archived: { line, hash } });
    end = { line, isLast: last };
    characters += text.length;
    if (batch.length === maxEvents || characters > maxCharacters) {
      yield batch;
      onProgress({ count: line, done: source.readBytes(), total: source.totalBytes });
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
  if (end.line === 0) throw new StartRefused('the archive holds no events');
  if (!end.isLast) {
    throw new StartRefused(`the archive breaks off after line ${end.line}: its last line is missing`);
  }
}

const understood = (text: string) => {
  try {
    return fromEnvelope(text);
  } catch (error) {
    return error as Error;
  }
};
