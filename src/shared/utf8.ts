const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Bytes as the text they are in UTF-8, without a byte order mark. Throws TypeError where they are no UTF-8: replacing what can't be read would lose it for good. */
export const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes);
