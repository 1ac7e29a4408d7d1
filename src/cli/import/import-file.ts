import { batches } from './batches.js';
import { sendBatch, type SyncResult } from './send-batch.js';
import { readLines } from './read-lines.js';
import type { RefusedBefore } from './refused-before.js';

export interface ImportCounts {
  applied: number;
  duplicate: number;
  unchanged: number;
  refused: number;
  /** Read with minPosition, this shows everything the import did. */
  position: string;
}

export interface ImportOptions {
  path: string;
  url: string;
  token: string;
  /** Most commands a request, 1 to 1000. */
  batchSize: number;
  /** Not sent again, and counted as refused as the first time. */
  refusedBefore?: RefusedBefore;
  onProgress?: (done: { commands: number; readBytes: number; totalBytes: number }) => void;
  onRefused?: (line: number, result: SyncResult) => void;
}

/**
 * Sends the commands of a file, in order, in batches. Running it again is safe: what was applied is answered as duplicate.
 * Throws StartRefused where the server can't be reached or refuses the token; `counts` holds what was answered until then.
 */
export const importFile = async (
  options: ImportOptions,
  counts: ImportCounts = noCounts(),
): Promise<ImportCounts> => {
  const source = await readLines(options.path);
  let commands = 0;
  for await (const batch of batches(source.lines, options.batchSize)) {
    const sent = batch.filter(({ text }) => !options.refusedBefore?.has(text));
    counts.refused += batch.length - sent.length;
    const answer = await sendBatch(
      options.url,
      options.token,
      sent.map(({ json }) => json),
    );
    answer.results.forEach((result) => (counts[result.status] += 1));
    const refused = sent.flatMap((line, index) => {
      const result = answer.results[index];
      return result?.status === 'refused' ? [{ line, result }] : [];
    });
    await options.refusedBefore?.keep(refused.map(({ line }) => line.text));
    for (const { line, result } of refused) options.onRefused?.(line.number, result);
    if (BigInt(answer.position) > BigInt(counts.position)) counts.position = answer.position;
    commands += batch.length;
    options.onProgress?.({ commands, readBytes: source.readBytes(), totalBytes: source.totalBytes });
  }
  return counts;
};

export const noCounts = (): ImportCounts => ({
  applied: 0,
  duplicate: 0,
  unchanged: 0,
  refused: 0,
  position: '0',
});
