import { gzipSync } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { preferred } from '../../../platform/http/negotiation/preferred.js';
import { varyBy } from '../../../platform/http/negotiation/vary.js';

const isText = (type: string): boolean => /^text\/|^image\/svg|^application\/manifest/.test(type);

const gzippedFiles = new WeakMap<Buffer, Buffer>();

/** The content gzipped, which is done once; as it is where that would make it longer. */
const gzipped = (content: Buffer): Buffer => {
  let made = gzippedFiles.get(content);
  if (!made) {
    const shorter = gzipSync(content, { level: 9 });
    made = shorter.length < content.length ? shorter : content;
    gzippedFiles.set(content, made);
  }
  return made;
};

/**
 * What to answer for a file that is the same for everybody: gzipped where the request takes that, a third of a script's length. Only for
 * such files: the length of a compressed page would tell of what is secret in it.
 */
export const sendFile = (
  reply: FastifyReply,
  { type, content }: { type: string; content: Buffer },
): Buffer => {
  void reply.type(type);
  if (!isText(type)) return content;
  varyBy(reply, 'Accept-Encoding');
  const [best] = preferred('encodings', reply.request.headers['accept-encoding'], ['gzip', 'identity']);
  const sent = best === 'gzip' ? gzipped(content) : content;
  if (sent !== content) void reply.header('Content-Encoding', 'gzip');
  return sent;
};
