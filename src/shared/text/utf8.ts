const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes UTF-8, without a byte order mark. Throws TypeError where the bytes are not UTF-8: a replacement character would lose for good
 * what can't be read.
 */
export const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes);
