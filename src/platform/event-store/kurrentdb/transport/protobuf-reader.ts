import { GrpcError, grpcCodes } from './grpc-error.js';

const varint = 0;
const fixed64 = 1;
const lengthDelimited = 2;
const fixed32 = 5;

/** So many bytes of a varint, of 7 bits each, make a number that is exact. */
const exactBytes = 7;

/**
 * Reads the fields of a protobuf message where they stand, and makes no objects of those that nobody needs: generated classes build
 * maps and decimal strings for all of them.
 */
export class ProtobufReader {
  private wireType = varint;

  constructor(
    private readonly bytes: Buffer,
    private at = 0,
    private readonly end = bytes.length,
  ) {}

  /** The number of the next field, of which either the value is to be read or `skip` called; 0 at the end of the message. */
  nextField(): number {
    if (this.at === this.end) return 0;
    const tag = this.size();
    this.wireType = tag & 7;
    return tag >>> 3;
  }

  skip(): void {
    if (this.wireType === varint) this.uint64();
    else if (this.wireType === lengthDelimited) this.take(this.size());
    else if (this.wireType === fixed64) this.take(8);
    else if (this.wireType === fixed32) this.take(4);
    else throw malformed();
  }

  message(): ProtobufReader {
    const from = this.take(this.size());
    return new ProtobufReader(this.bytes, from, this.at);
  }

  /** The field's bytes, which share the message's memory. */
  buffer(): Buffer {
    const from = this.take(this.size());
    return this.bytes.subarray(from, this.at);
  }

  text(): string {
    const from = this.take(this.size());
    return this.bytes.toString('utf8', from, this.at);
  }

  uint64(): bigint {
    let low = 0;
    for (let read = 0, factor = 1; read < exactBytes; read += 1, factor *= 128) {
      const byte = this.byte();
      low += (byte & 127) * factor;
      if (byte < 128) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 7n * BigInt(exactBytes); shift < 70n; shift += 7n) {
      const byte = this.byte();
      value += BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw malformed();
  }

  /** A tag or a length. */
  private size(): number {
    let value = 0;
    for (let read = 0, factor = 1; read < exactBytes; read += 1, factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw malformed();
  }

  private byte(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  /** Steps over so many bytes, and returns where they begin. */
  private take(length: number): number {
    const from = this.at;
    this.at += length;
    if (this.at > this.end) throw malformed();
    return from;
  }
}

const malformed = (): Error => new GrpcError(grpcCodes.internal, 'a message is not valid protobuf');
