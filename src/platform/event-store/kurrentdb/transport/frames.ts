import { GrpcError, grpcCodes } from './grpc-error.js';

/** gRPC puts a byte that says whether a message is compressed, and four that give its length, before each message. */
const prefixLength = 5;
/** KurrentDB can hold events of 16 MiB that others wrote. */
const maxMessageBytes = 17 * 2 ** 20;

export const frameOf = (message: Uint8Array): Buffer => {
  const frame = Buffer.allocUnsafe(prefixLength + message.length);
  frame.writeUInt8(0, 0);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, prefixLength);
  return frame;
};

/** Cuts the bytes that arrive into messages. */
export class FrameReader {
  private chunks: Buffer[] = [];
  /** Where the next message begins in the first chunk. */
  private at = 0;
  private length = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }

  clear(): void {
    this.chunks = [];
    this.at = 0;
    this.length = 0;
  }

  /** The next message that has arrived whole; it shares the memory of its chunk. Throws when it is compressed, or far too long. */
  next(): Buffer | undefined {
    if (this.length < prefixLength) return undefined;
    const head = this.first(prefixLength);
    if (head.readUInt8(this.at) !== 0) {
      throw new GrpcError(grpcCodes.internal, 'a message is compressed, though no compression was offered');
    }
    const length = head.readUInt32BE(this.at + 1);
    if (length > maxMessageBytes) throw new GrpcError(grpcCodes.internal, `a message has ${length} bytes`);
    if (this.length < prefixLength + length) return undefined;
    const whole = this.first(prefixLength + length);
    const from = this.at + prefixLength;
    this.at = from + length;
    this.length -= prefixLength + length;
    if (this.length === 0) this.clear();
    return whole.subarray(from, from + length);
  }

  /** The first chunk, made to hold at least so many bytes more: chunks are joined only once all that is needed has arrived. */
  private first(length: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length - this.at >= length) return first;
    const joined = Buffer.concat(this.chunks).subarray(this.at);
    this.chunks = [joined];
    this.at = 0;
    return joined;
  }
}
