import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** DATA_DIR/server.pid: which server holds the folder, for people and for the next start, which clears up after a killed server. */
export interface ServerRecord {
  pid: number;
  runtimeDir: string;
}

const fileIn = (dataDir: string) => join(dataDir, 'server.pid');

export const readServerRecord = async (dataDir: string): Promise<ServerRecord | undefined> => {
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => '');
  const [pid, runtimeDir] = text.split('\n');
  return pid && runtimeDir && /^\d+$/.test(pid) ? { pid: Number(pid), runtimeDir } : undefined;
};

export const writeServerRecord = async (dataDir: string, record: ServerRecord): Promise<void> => {
  // In a folder of ours, a file of another user can be replaced but not overwritten.
  await removeServerRecord(dataDir);
  await writeFile(fileIn(dataDir), `${record.pid}\n${record.runtimeDir}\n`);
};

export const removeServerRecord = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });
