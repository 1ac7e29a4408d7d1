import type { Line } from './read-lines.js';

export interface CommandLine extends Line {
  /** What is sent: the line itself, or, where it isn't JSON, its text as a JSON string: the server refuses it as any other malformed command. */
  json: string;
  /** The tickets it is about, in lower case. */
  tickets: readonly string[];
}

/** Well below the server's 8 MiB a request. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Lines in batches of at most `batchSize` commands.
 * Commands about the same ticket never share a batch, but for its opening and one after it. A command may come to nothing,
 * since the ticket does not exist yet or is what it asks for, and what follows may change that: were the answer to a batch
 * with both lost, and the batch sent again, the first would now be applied, and the file would come to other figures than in
 * a run without the accident.
 * Where a line can't be read, those before it come as a last batch, before what it throws: what was sent then ends at that line exactly,
 * whatever the size of a batch.
 */
export async function* batches(lines: AsyncIterable<Line>, batchSize: number): AsyncIterable<CommandLine[]> {
  let batch: CommandLine[] = [];
  let bytes = 0;
  let touched = new Set<string>();
  let broken: { error: unknown } | undefined;
  for await (const line of untilBroken(lines, (error) => (broken = { error }))) {
    const { json, opens, names } = understood(line.text);
    const length = Buffer.byteLength(json);
    const full = batch.length === batchSize || bytes + length > maxBytes;
    const late = names.some((name) => touched.has(name));
    if (batch.length > 0 && (full || late)) {
      yield batch;
      batch = [];
      bytes = 0;
      touched = new Set();
    }
    batch.push({ ...line, json, tickets: names });
    bytes += length;
    // An opening is remembered, however it is answered.
    for (const name of names) if (name !== opens) touched.add(name);
  }
  if (batch.length > 0) yield batch;
  if (broken) throw broken.error;
}

/** The lines, as far as they can be read. */
async function* untilBroken(
  lines: AsyncIterable<Line>,
  onBroken: (error: unknown) => void,
): AsyncIterable<Line> {
  try {
    yield* lines;
  } catch (error) {
    onBroken(error);
  }
}

interface Understood {
  json: string;
  /** The ticket this line opens. */
  opens?: string | undefined;
  /** The tickets this line is about. */
  names: string[];
}

const understood = (text: string): Understood => {
  try {
    const { type, ticketId, into, to } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    const names = [ticketId, into, to].flatMap(nameOf);
    return { json: text, opens: type === 'open' ? nameOf(ticketId)[0] : undefined, names };
  } catch {
    return { json: JSON.stringify(text), names: [] };
  }
};

/** The server reads an id in any case. */
const nameOf = (id: unknown): string[] => (typeof id === 'string' ? [id.toLowerCase()] : []);
