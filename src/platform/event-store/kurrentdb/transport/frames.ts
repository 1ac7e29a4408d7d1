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
  private length = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }

  clear(): void {
    this.chunks = [];
    this.length = 0;
  }

  /** The next message that has arrived whole. Throws when it is compressed, or far too long. */
  next(): Buffer | undefined {
    if (this.length < prefixLength) return undefined;
    const head = this.peek(prefixLength);
    if (head.readUInt8(0) !== 0) {
      throw new GrpcError(grpcCodes.internal, 'a message is compressed, though no compression was offered');
    }
    const length = head.readUInt32BE(1);
    if (length > maxMessageBytes) throw new GrpcError(grpcCodes.internal, `a message has ${length} bytes`);
    if (this.length < prefixLength + length) return undefined;
    const whole = this.peek(prefixLength + length);
    this.chunks[0] = whole.subarray(prefixLength + length);
    this.length -= prefixLength + length;
    return whole.subarray(prefixLength, prefixLength + length);
  }

  /** The first chunk, made to hold at least so many bytes: chunks are joined only once all that is needed has arrived. */
  private peek(length: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= length) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    return joined;
  }
}
