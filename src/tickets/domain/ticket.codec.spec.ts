import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import { decode, encode } from './ticket.codec.js';
import type { TicketEvent } from './ticket.events.js';

const at = instant('2026-05-15T12:00:00Z');
const metadata = {
  commandId: 'c',
  fingerprint: 'f',
  actor: 'alice',
  claimedAt: at,
  correlationId: 'r',
  causationId: 'c',
};
const recorded = (written: { id: string; type: string; data: object; metadata: object }) => ({
  ...written,
  data: { ...written.data },
  metadata: { ...written.metadata },
  stream: 'ticket-1',
  revision: 2,
  position: 7n,
  recordedAt: at,
});

describe('the codec of ticket events', () => {
  it('decodes what it encoded, through JSON', () => {
    const event: TicketEvent = { type: 'NoteAdded', occurredAt: at, body: 'vu', internal: true };
    const stored = JSON.parse(JSON.stringify(encode('id', event, metadata)));
    expect(decode(recorded(stored))).toEqual({
      event,
      metadata: { ...metadata, schemaVersion: 1, occurredAt: at },
      revision: 2,
      position: 7n,
      recordedAt: at,
    });
  });

  it('upcasts version 1 of TicketPutOnHold, whose reason was named «why»', () => {
    const old = {
      id: 'id',
      type: 'TicketPutOnHold',
      data: { why: 'vendor', note: 'pièce commandée' },
      metadata: { ...metadata, schemaVersion: 1, occurredAt: at },
    };
    expect(decode(recorded(old)).event).toEqual({
      type: 'TicketPutOnHold',
      occurredAt: at,
      reason: 'vendor',
      note: 'pièce commandée',
    });
  });

  it('encodes TicketPutOnHold as version 2, and decodes that version as it is', () => {
    const event: TicketEvent = { type: 'TicketPutOnHold', occurredAt: at, reason: 'user' };
    const written = encode('id', event, metadata);
    expect(written.metadata.schemaVersion).toBe(2);
    expect(decode(recorded(written)).event).toEqual(event);
  });

  it.each([
    ['TicketVanished', 1],
    ['NoteAdded', 2],
  ])('throws at %s version %i, which it does not know', (type, schemaVersion) => {
    const unknown = { id: 'id', type, data: {}, metadata: { ...metadata, schemaVersion, occurredAt: at } };
    expect(() => decode(recorded(unknown))).toThrow(/is not known here/);
  });
});
