import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * What earlier runs of the same file into the same log had refused. The server does not remember a refusal, and rightly: once
 * the ticket it is about has arrived, the same command may be applied. A file is a record of what arrived in which order; run
 * again, it must come to the same. So the sender keeps its refused commands, as a file that can be imported by itself.
 */
export class RefusedBefore {
  private constructor(
    readonly path: string,
    private readonly lines: ReadonlySet<string>,
  ) {}

  /** `log` is the identity of the server's log: another log knows nothing of this one's refusals. */
  static async of(file: string, log: string, dataDir: string): Promise<RefusedBefore> {
    const hash = createHash('sha256').update(log);
    await pipeline(createReadStream(file), hash, { end: false });
    const directory = join(dataDir, 'imports');
    await mkdir(directory, { recursive: true });
    const path = join(directory, `refused-${hash.digest('hex').slice(0, 16)}.ndjson`);
    const known = await readFile(path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    });
    return new RefusedBefore(path, new Set(known.split('\n').filter(Boolean)));
  }

  has(line: string): boolean {
    return this.lines.has(line);
  }

  /** Kept before the next batch is sent, so that a killed import finds them again. */
  async keep(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await appendFile(this.path, lines.map((line) => `${line}\n`).join(''));
  }
}
