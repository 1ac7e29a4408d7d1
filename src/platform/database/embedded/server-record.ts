import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** DATA_DIR/server.pid: who serves, for people and for the next start, which clears up after a killed server. */
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
  // Another user's file can be replaced in a folder of ours, but not overwritten.
  await removeServerRecord(dataDir);
  await writeFile(fileIn(dataDir), `${record.pid}\n${record.runtimeDir}\n`);
};

export const removeServerRecord = (dataDir: string): Promise<void> => rm(fileIn(dataDir), { force: true });
