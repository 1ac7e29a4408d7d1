import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../../platform/files/make-folder.js';
import { appendPrivately } from '../../platform/files/private-file.js';
import { utf8, type Encoding } from './encoding.js';
import type { Line } from './read-lines.js';

/** The statuses that the server does not remember: the same command may get another when it comes again. */
export type Forgotten = 'refused' | 'unchanged';

/**
 * The lines of a file that came to nothing in earlier runs into the same log. The server forgets such commands, and rightly: once their
 * ticket has arrived, the same command may be applied. But a file records what arrived in which order, and must lead to the same result
 * when it is run again, so the sender remembers. It does so by line, since the same command may be in the file twice, refused at first
 * and applied later. Refused commands are also kept as a file that can be imported by itself.
 */
export class EarlierAnswers {
  private constructor(
    private readonly journal: string,
    readonly refusedFile: string,
    private readonly byLine: ReadonlyMap<number, Forgotten>,
  ) {}

  /**
   * The answers kept for a file, read under `dataDir`. They belong to the file's bytes, to `log`, the identity of the server's log
   * (another log knows nothing of these answers), and to the encoding, in which the same bytes may say something else.
   */
  static async of(
    file: string,
    { server: { name }, log, dataDir }: { server: Encoding; log: string; dataDir: string },
  ): Promise<EarlierAnswers> {
    const hash = createHash('sha256').update(log);
    if (name !== utf8.name) hash.update(name);
    await pipeline(createReadStream(file), hash, { end: false });
    const directory = join(dataDir, 'imports');
    await makeFolder(directory);
    const kept = join(directory, hash.digest('hex').slice(0, 16));
    const journal = `${kept}.answers`;
    return new EarlierAnswers(journal, `${kept}.refused.ndjson`, await readJournal(journal));
  }

  of(line: Line): Forgotten | undefined {
    return this.byLine.get(line.number);
  }

  /** Keeps the answers of a batch. To be awaited before the next batch is sent, so that a killed import finds them again. */
  async keep(answers: readonly { line: Line; status: Forgotten }[]): Promise<void> {
    const refused = answers.filter(({ status }) => status === 'refused');
    await append(
      this.refusedFile,
      refused.map(({ line }) => line.text),
    );
    await append(
      this.journal,
      answers.map(({ line, status }) => `${line.number} ${status}`),
    );
  }
}

const append = async (path: string, lines: readonly string[]): Promise<void> => {
  if (lines.length > 0) await appendPrivately(path, lines.map((line) => `${line}\n`).join(''));
};

const readJournal = async (path: string): Promise<Map<number, Forgotten>> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  const entries = text.matchAll(/^(\d+) (refused|unchanged)$/gm);
  return new Map([...entries].map(([, number, status]) => [Number(number), status as Forgotten]));
};
