import { describe, expect, it } from '@jest/globals';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import fc from 'fast-check';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { decodeReadResponse, type StoredEvent } from './read-response.js';

// The decoder against the classes that are generated from KurrentDB's definitions.

const { ReadEvent } = streams.ReadResp;
const uint64 = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 300n));

const storedEvent: fc.Arbitrary<StoredEvent> = fc.record({
  id: fc.uuid(),
  stream: fc.string({ unit: 'binary' }),
  revision: fc.nat(),
  position: uint64,
  type: fc.string({ unit: 'binary' }),
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  created: fc.bigInt(0n, 2n ** 62n).map(String),
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  metadata: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

const generated = (event: StoredEvent): streams.ReadResp => {
  const recorded = new ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision))
    .setPreparePosition(String(event.position))
    .setCommitPosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', event.created);
  const link = new ReadEvent.RecordedEvent().setId(new shared.UUID().setString('another'));
  const read = new ReadEvent().setEvent(recorded).setLink(link).setCommitPosition(String(event.position));
  return new streams.ReadResp().setEvent(read);
};
const encoded = (response: streams.ReadResp): Buffer => Buffer.from(response.serializeBinary());

describe('a response to a read', () => {
  it('is decoded as the generated classes encode it: an event', () => {
    fc.assert(
      fc.property(storedEvent, (event) => {
        expect(decodeReadResponse(encoded(generated(event)))).toEqual({ event });
      }),
    );
  });

  it('is decoded as the generated classes encode it: a checkpoint', () => {
    fc.assert(
      fc.property(uint64, (position) => {
        const checkpoint = new streams.ReadResp.Checkpoint()
          .setCommitPosition(String(position))
          .setPreparePosition('7')
          .setTimestamp(timestamp.Timestamp.fromDate(new Date(0)));
        const response = new streams.ReadResp().setCheckpoint(checkpoint);
        expect(decodeReadResponse(encoded(response))).toEqual({ checkpoint: position });
      }),
    );
  });

  it('says that a subscription has caught up, and no more of what is not needed', () => {
    const caughtUp = new streams.ReadResp.CaughtUp().setTimestamp(timestamp.Timestamp.fromDate(new Date()));
    expect(decodeReadResponse(encoded(new streams.ReadResp().setCaughtUp(caughtUp)))).toBe('caught-up');
    const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('id');
    const notFound = new streams.ReadResp.StreamNotFound();
    for (const other of [
      new streams.ReadResp().setConfirmation(confirmation),
      new streams.ReadResp().setStreamNotFound(notFound),
      new streams.ReadResp().setLastStreamPosition('12'),
    ]) {
      expect(decodeReadResponse(encoded(other))).toBe('other');
    }
  });

  it('fails where it is cut off, and never reads beyond its end', () => {
    fc.assert(
      fc.property(storedEvent, fc.nat(), (event, at) => {
        const whole = encoded(generated(event));
        const cut = whole.subarray(0, 1 + (at % (whole.length - 1)));
        expect(() => decodeReadResponse(cut)).toThrow('a message is not valid protobuf');
      }),
    );
  });
});
