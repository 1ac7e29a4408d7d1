import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../shared/message-of.js';
import { lastWords } from './system/reason.js';

const rotateAtBytes = 10 * 1024 * 1024;

/** DATA_DIR/postgres.log, to which PostgreSQL's standard error goes. The file is kept open only until the child process has it. */
export class PostgresLog {
  private constructor(
    private readonly path: string,
    readonly handle: FileHandle,
    private readonly begin: number,
  ) {}

  /** Opens the log to append; one above 10 MiB is renamed to postgres.log.1 first. */
  static async open(dataDir: string): Promise<PostgresLog> {
    const path = join(dataDir, 'postgres.log');
    const size = await stat(path).then(
      (file) => file.size,
      () => 0,
    );
    if (size > rotateAtBytes) await rename(path, `${path}.1`);
    const handle = await open(path, 'a').catch(async (error: unknown) => {
      // A server that ran as root left a log that we can't write; in a folder of ours it can still be renamed.
      if (codeOf(error) !== 'EACCES') throw error;
      await rename(path, `${path}.1`);
      return open(path, 'a');
    });
    return new PostgresLog(path, handle, (await handle.stat()).size);
  }

  /** The last lines that PostgreSQL wrote since the log was opened, in one line. */
  async lastWords(): Promise<string> {
    const file = await open(this.path, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(this.begin, size - 8_192);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8_192), 0, 8_192, from);
      return lastWords(buffer.toString('utf8', 0, bytesRead));
    } finally {
      await file.close();
    }
  }
}
