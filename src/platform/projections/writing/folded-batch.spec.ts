import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../shared/instant.js';
import type { RecordedEvent } from '../../event-store/event-store.js';
import { BlockedStreams } from '../dead-letters/blocked-streams.js';
import { foldBatch } from './folded-batch.js';
import type { Projection } from '../projection.js';

const event = (position: bigint, stream: string): RecordedEvent => ({
  ...{ position, stream, revision: 1, id: String(position), type: 'Noted', data: {}, metadata: {} },
  recordedAt: instant(0),
});
const events = [event(1n, 'a'), event(2n, 'b'), event(3n, 'a'), event(4n, 'c')];
const batch = { events, position: 6n };

/** Folds to the positions it has seen; not that of 4. */
const positions: Projection = {
  ...{ name: 'positions', version: 1, streamPrefix: '', schema: 'none', tables: [] },
  fold: (all) =>
    all.map(({ position }) => {
      if (position === 4n) throw new Error('four');
      return position;
    }),
  write: () => Promise.resolve(),
};

const blockedBy = (...streams: string[]): BlockedStreams => {
  const blocked = new BlockedStreams();
  for (const stream of streams) blocked.add(stream);
  return blocked;
};

describe('a folded batch', () => {
  it('has what all events come to, where no stream waits', () => {
    const folded = foldBatch(positions, { events: events.slice(0, 3), position: 3n }, blockedBy());
    expect(folded.outcome).toEqual({ change: [1n, 2n, 3n] });
    expect(folded.waiting.size).toBe(0);
  });

  it('passes over the events of streams that wait, and counts them', () => {
    const folded = foldBatch(positions, batch, blockedBy('a', 'c', 'z'));
    expect(folded.outcome).toEqual({ change: [2n] });
    expect(folded.events).toEqual([events[1]]);
    expect([...folded.waiting]).toEqual([
      ['a', 2],
      ['c', 1],
    ]);
    expect(folded.batch).toBe(batch);
  });

  it('has the reason where it can’t be folded', () => {
    expect(foldBatch(positions, batch, blockedBy('a')).outcome).toEqual({ error: new Error('four') });
  });

  it('is stale once streams have come to wait, or do so no more', () => {
    const blocked = blockedBy('a');
    const folded = foldBatch(positions, batch, blocked);
    expect(folded.blockedChanges).toBe(blocked.changes);
    blocked.add('b');
    const later = foldBatch(positions, batch, blocked);
    blocked.delete('b');
    expect(new Set([folded.blockedChanges, later.blockedChanges, blocked.changes]).size).toBe(3);
  });

  it('may have no event at all', () => {
    expect(foldBatch(positions, { events: [], position: 9n }, blockedBy('a'))).toMatchObject({
      batch: { position: 9n },
      outcome: { change: [] },
    });
  });
});
