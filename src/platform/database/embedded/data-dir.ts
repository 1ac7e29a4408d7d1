import { createHash } from 'node:crypto';
import { access, constants, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { StartRefused } from '../../../config/start-refused.js';
import { makeFolder } from '../../files/make-folder.js';
import { codeOf } from '../../../shared/message-of.js';
import { reasonOf } from './system/reason.js';
import { readServerRecord } from './server-record.js';

/** The real path of DATA_DIR, made when it's missing. Throws StartRefused unless it's a folder we can write in. */
export const openDataDir = async (given: string): Promise<string> => {
  const path = resolve(given);
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (cause) {
    throw new StartRefused(
      `DATA_DIR ${path} can't be used: ${reasonOf(cause)}; set DATA_DIR to a folder that this user can write in`,
      { cause },
    );
  }
};

/**
 * Takes the lock that keeps a DATA_DIR to one server. Returns how to release it; throws StartRefused when another server holds it.
 * On Linux the lock is a name in the abstract socket space, which the kernel frees when its process ends, even by SIGKILL.
 * That space belongs to the network namespace: two containers that share a DATA_DIR do not see each other.
 */
export const lockDataDir = async (dataDir: string): Promise<() => Promise<void>> =>
  process.platform === 'linux' ? listenOn(dataDir) : checkRecord(dataDir);

const listenOn = async (dataDir: string): Promise<() => Promise<void>> => {
  const server = createServer((socket) => socket.destroy());
  const name = `\0billets-quotidiens-${createHash('sha256').update(dataDir).digest('hex')}`;
  try {
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(name, listening));
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw await heldBy(dataDir);
    throw error;
  }
  server.unref();
  return () => new Promise((closed) => server.close(() => closed()));
};

const checkRecord = async (dataDir: string): Promise<() => Promise<void>> => {
  const record = await readServerRecord(dataDir);
  if (record && isAlive(record.pid)) throw await heldBy(dataDir);
  return () => Promise.resolve();
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

const heldBy = async (dataDir: string): Promise<StartRefused> => {
  const record = await readServerRecord(dataDir);
  const server = record ? `the server with pid ${record.pid}` : 'a server that is just starting or stopping';
  return new StartRefused(
    `DATA_DIR ${dataDir} is in use by ${server}: stop it first, or set DATA_DIR to another folder`,
  );
};
