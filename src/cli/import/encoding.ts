import { StartRefused } from '../../config/start-refused.js';

/** A character encoding. */
export interface Encoding {
  /** The name in the Encoding Standard, e.g. `windows-1252` for `latin1`. */
  readonly name: string;
  /** Throws TypeError where the bytes are not text in this encoding. */
  readonly decode: (bytes: Uint8Array) => string;
}

/** The encoding of a name that TextDecoder knows. Throws StartRefused for any other. */
export const encodingNamed = (label: string): Encoding => {
  const decoder = decoderNamed(label);
  return {
    name: decoder.encoding,
    // Decoded in two steps: in one, Node 20 reads windows-1252 as ISO-8859-1, and «’», «€» and «œ» become control characters.
    decode: (bytes) => decoder.decode(bytes, { stream: true }) + decoder.decode(),
  };
};

const decoderNamed = (label: string): InstanceType<typeof TextDecoder> => {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw new StartRefused(
      `--encoding: expected a name from the Encoding Standard, such as utf-8, windows-1252, macintosh or utf-16le, not ${JSON.stringify(label)}`,
    );
  }
};

export const utf8 = encodingNamed('utf-8');

const marks: readonly (readonly [string, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** The byte order mark at the start of a file: its encoding and its length in bytes; undefined where there is none. */
export const byteOrderMark = (start: Buffer): { encoding: string; length: number } | undefined => {
  const found = marks.find(([, mark]) => start.subarray(0, mark.length).equals(mark));
  return found && { encoding: found[0], length: found[1].length };
};
