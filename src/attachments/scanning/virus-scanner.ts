/** The scanner does not answer, or can't say what a file is. */
export class ScannerUnavailable extends Error {}

/** Looks into files. Throws ScannerUnavailable. */
export abstract class VirusScanner {
  /** What it calls the virus it found; undefined where it found none. What reading the bytes throws is thrown on. */
  abstract scan(bytes: AsyncIterable<Uint8Array>): Promise<string | undefined>;
}
