import { hash } from 'node:crypto';

/** The 16 bytes of a UUID that is a namespace. */
export const namespaceOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** The UUID that a name has in a namespace: version 5 of RFC 9562, which is the same for ever. */
export const uuidFromName = (name: string, namespace: string | Buffer): string => {
  const bytes = typeof namespace === 'string' ? namespaceOf(namespace) : namespace;
  const digest = hash('sha1', Buffer.concat([bytes, Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    variant + digest.slice(17, 20),
    digest.slice(20, 32),
  ].join('-');
};
