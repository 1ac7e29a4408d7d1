import { createApiClient } from '../../client/client.js';
import type { ProgressDone } from '../terminal/progress.js';
import type { Encoding } from './encoding.js';
import { readLines, type Line } from './read-lines.js';
import { batches } from './batches.js';
import type { EarlierAnswers } from './earlier-answers.js';
import { sendBatch, type SyncResult } from './send-batch.js';
import { WaitBudget } from './retry.js';
import { Unanswered } from './unanswered.js';

export interface ImportCounts {
  applied: number;
  duplicate: number;
  unchanged: number;
  refused: number;
  /** Newest position of the answers: a read with it as minPosition shows everything the import did. */
  position: string;
}

export interface ImportOptions {
  path: string;
  url: string;
  token: string;
  /** The most commands in a request, 1 to 1000. */
  batchSize: number;
  /** The file's encoding; UTF-8 where it is left out. */
  encoding?: Encoding;
  /** Lines that came to nothing in an earlier run: they are not sent again, and are counted as they were then. */
  earlier?: EarlierAnswers;
  /** Changes each line before it is read as a command. */
  edit?: (line: string) => string;
  onProgress?: (done: ProgressDone) => void;
  onRefused?: (line: number, result: SyncResult) => void;
}

/**
 * Sends the commands of a file, in order, in batches. Running it again is safe: commands that were applied are answered as duplicate.
 * Throws StartRefused where the server can't be reached or refuses the token; where a line can't be read, once the lines before it are
 * answered; and where the server could not judge some line, after all the others. `counts` holds what was answered until then.
 */
export const importFile = async (
  options: ImportOptions,
  counts: ImportCounts = zeroImportCounts(),
): Promise<ImportCounts> => {
  const { url, token } = options;
  const api = createApiClient({ url, token });
  const source = await readLines(options.path, options.encoding);
  const patience = new WaitBudget();
  const unanswered = new Unanswered();
  let commands = 0;
  for await (const batch of batches(edited(source.lines, options.edit), options.batchSize)) {
    const sent = batch.filter((line) => {
      const earlier = options.earlier?.of(line);
      if (earlier) counts[earlier] += 1;
      return earlier === undefined && !unanswered.holdsBack(line);
    });
    const answer = await sendBatch(api, { url, commands: sent.map(({ json }) => json), patience });
    await options.earlier?.keep(
      sent.flatMap((line, index) => {
        const status = answer.results[index]?.status;
        return status === 'refused' || status === 'unchanged' ? [{ line, status }] : [];
      }),
    );
    for (const [index, line] of sent.entries()) {
      const result = answer.results[index];
      if (!result || result.status === 'retry') {
        unanswered.add(line, result?.problem?.title);
        continue;
      }
      counts[result.status] += 1;
      if (result.status === 'refused') options.onRefused?.(line.number, result);
    }
    if (BigInt(answer.position) > BigInt(counts.position)) counts.position = answer.position;
    commands += batch.length;
    options.onProgress?.({ count: commands, done: source.readBytes(), total: source.totalBytes });
  }
  unanswered.throwIfAny();
  return counts;
};

async function* edited(
  lines: AsyncIterable<Line>,
  edit: (line: string) => string = (line) => line,
): AsyncIterable<Line> {
  for await (const line of lines) yield { ...line, text: edit(line.text) };
}

export const zeroImportCounts = (): ImportCounts => ({
  applied: 0,
  duplicate: 0,
  unchanged: 0,
  refused: 0,
  position: '0',
});
