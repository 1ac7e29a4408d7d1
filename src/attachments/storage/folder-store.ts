import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { chmod, open, readdir, rename, rm, rmdir, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder } from '../../platform/files/make-folder.js';
import { codeOf, messageOf } from '../../shared/message-of.js';
import { AttachmentStore, StoreUnavailable, type ObjectKey } from './attachment-store.js';

/** For its owner's eyes only. */
const folderMode = 0o700;
const fileMode = 0o600;
const unfinished = 'unfinished';
/** What a process of another machine has left is told from what it is writing by its age alone. */
const abandonedMs = 60 * 60_000;
const safe = (text: string): string => text.replace(/[^\w-]/g, '-');
/** Whose unfinished file it is: told apart from a process that had the same number before. */
const writer = `${safe(hostname())}.${process.pid}.${randomUUID()}`;

/** Files in a folder, which may be shared by several servers. Two levels: a folder a ticket, by the first digits of its id. */
export class FolderStore extends AttachmentStore {
  constructor(private readonly root: string) {
    super();
  }

  async put(key: ObjectKey, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.pathOf(key);
    const begun = join(this.root, unfinished, `${writer}.${randomUUID()}`);
    try {
      const file = await inStore(this.begin(begun));
      try {
        for await (const part of bytes) await inStore(writeWhole(file, part));
        await inStore(file.sync());
      } finally {
        await file.close();
      }
      await inStore(moveInto(begun, path, this.root));
    } catch (error) {
      await rm(begun, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async open(key: ObjectKey): Promise<Readable | undefined> {
    try {
      const stream = createReadStream(this.pathOf(key));
      await once(stream, 'open');
      return stream;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw unavailable(error);
    }
  }

  async delete(key: ObjectKey): Promise<void> {
    const path = this.pathOf(key);
    await inStore(rm(path, { force: true }));
    // The last one takes the ticket's folder with it.
    await rmdir(dirname(path)).catch(() => undefined);
  }

  async sweep(): Promise<void> {
    const folder = join(this.root, unfinished);
    for (const name of await inStore(namesIn(folder))) {
      const path = join(folder, name);
      if (await isAbandoned(path, name)) await inStore(rm(path, { force: true }));
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async begin(path: string): Promise<FileHandle> {
    await makePrivate(dirname(path));
    await chmod(this.root, folderMode);
    return open(path, 'wx', fileMode);
  }

  private pathOf({ ticketId, attachmentId, form }: ObjectKey): string {
    return join(this.root, ticketId.slice(0, 2), ticketId, `${attachmentId}.${form}`);
  }
}

const makePrivate = (path: string): Promise<unknown> => makeFolder(path, folderMode);

const writeWhole = async (file: FileHandle, part: Uint8Array): Promise<void> => {
  for (let written = 0; written < part.length;) written += (await file.write(part, written)).bytesWritten;
};

/** The name is on disk once the folders on its way are. */
const moveInto = async (from: string, to: string, root: string): Promise<void> => {
  const folder = dirname(to);
  await makePrivate(folder);
  try {
    await rename(from, to);
  } catch (error) {
    // The ticket's last file was deleted in between, and its folder with it.
    if (codeOf(error) !== 'ENOENT') throw error;
    await makePrivate(folder);
    await rename(from, to);
  }
  for (const path of [folder, dirname(folder), root]) await syncFolder(path);
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
};

const isAbandoned = async (path: string, name: string): Promise<boolean> => {
  if (name.startsWith(`${writer}.`)) return false;
  const [host, pid = ''] = name.split('.');
  if (host === safe(hostname())) return Number(pid) === process.pid || !isAlive(Number(pid));
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > abandonedMs;
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

const inStore = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    throw unavailable(error);
  }
};

/** A full disk, a folder that is not mounted or may not be written to: whatever it is, an operator can mend it. */
const unavailable = (cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`the folder of attachments: ${messageOf(cause)}`, { cause });
