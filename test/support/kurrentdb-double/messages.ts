import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Proposed, Stored } from './log.js';

/** Revisions and positions travel as unsigned 64-bit integers, so that -1 is the largest of them. */
export const unsigned = (value: number | bigint): string => String(BigInt.asUintN(64, BigInt(value)));

export const streamIdentifier = (name: string) =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name).toString('base64'));

export const nameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier!.getStreamName_asU8()).toString('utf8');

const uuidOf = (uuid: shared.UUID): string => {
  const bits = uuid.getStructured();
  if (!bits) return uuid.getString();
  const half = (value: string) => BigInt.asUintN(64, BigInt(value)).toString(16).padStart(16, '0');
  const hex = half(bits.getMostSignificantBits()) + half(bits.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

type Message = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

export const proposed = (message: Message): Proposed => ({
  id: uuidOf(message.getId()!).toLowerCase(),
  type: message.getMetadataMap().get('type')!,
  contentType: message.getMetadataMap().get('content-type')!,
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const ticksPerMillisecond = 10_000n;

export const eventResponse = (event: Stored, asText: boolean): streams.ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(asText ? new shared.UUID().setString(event.id) : structured(event.id))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(unsigned(event.revision))
    .setCommitPosition(unsigned(event.position))
    .setPreparePosition(unsigned(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', String(BigInt(event.createdMs) * ticksPerMillisecond));
  const read = new streams.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(unsigned(event.position));
  return new streams.ReadResp().setEvent(read);
};

const structured = (id: string): shared.UUID => {
  const hex = id.replaceAll('-', '');
  const half = (from: number) => String(BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)));
  const bits = new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16));
  return new shared.UUID().setStructured(bits);
};
