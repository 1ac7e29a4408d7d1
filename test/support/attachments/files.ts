import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Client } from '../api/client.js';

export interface AttachmentBody {
  attachmentId: string;
  sha256: string;
  size: number;
  contentType: string;
  name: string;
}

export interface Sent {
  bytes?: Uint8Array | string;
  name?: string;
  type?: string | undefined;
  commandId?: string;
  headers?: Record<string, string>;
}

/** The smallest PNG: one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

/** A PNG that is like no other: one pixel, and a chunk of text. */
export const anyPng = (): Buffer => Buffer.concat([png, Buffer.from(randomUUID())]);

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Sends a file; by default a PNG that is like no other. */
export const attach = (
  client: Client,
  ticketId: string,
  {
    bytes = anyPng(),
    name = 'écran.png',
    type = 'image/png',
    commandId = randomUUID(),
    headers = {},
  }: Sent = {},
): Promise<Answer<AttachmentBody>> =>
  client.post<AttachmentBody>(`/v1/tickets/${ticketId}/attachments?commandId=${commandId}`, bytes, {
    'X-File-Name': encodeURIComponent(name),
    'Content-Type': type,
    ...headers,
  });

/** The bytes of an answer, which a client of JSON does not give. */
export const download = async (
  { url, token }: Pick<Client, 'url' | 'token'>,
  path: string,
): Promise<{ status: number; headers: Headers; bytes: Buffer }> => {
  const answer = await fetch(new URL(path, url), {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};

/** A folder for one suite's data. */
export const dataFolder = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'attachments-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
};

/** The files in a folder of attachments, by their paths in it. */
export const filesIn = async (dataDir: string): Promise<string[]> => {
  const entries = await readdir(join(dataDir, 'attachments'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
};
