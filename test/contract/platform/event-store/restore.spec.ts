import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  EventIdReused,
  RecordedTooEarly,
  VersionConflict,
  type RecordedEvent,
} from '../../../../src/platform/event-store/event-store.js';
import { instant } from '../../../../src/shared/instant.js';
import { countOf, createLog, type TestLog } from '../../../support/log/log.js';

let log: TestLog;
beforeAll(async () => {
  log = await createLog();
});
afterAll(() => log.drop());

const recorded = (stream: string, revision: number, at: string): RecordedEvent => ({
  id: randomUUID(),
  stream,
  revision,
  position: 99_000n,
  type: 'thing-happened.v1',
  data: { revision },
  metadata: { actor: 'alice' },
  recordedAt: instant(at),
});
const first = '2026-05-15T12:00:00.000Z';
const later = '2026-05-15T12:00:01.000Z';

/** The error of a refused restore, after checking that none of its events was written. */
const refused = async (events: RecordedEvent[]): Promise<unknown> => {
  const before = await countOf(log.database);
  const error: unknown = await log.store.restore(events).catch((reason: unknown) => reason);
  expect(await countOf(log.database)).toBe(before);
  return error;
};

describe('restoring events', () => {
  const a1 = recorded('a', 1, first);
  const a2 = recorded('a', 2, later);
  const b1 = recorded('b', 1, first);

  it('records them as they were, at the next positions', async () => {
    await log.store.restore([a1, b1]);
    await log.store.restore([a2]);
    const restored = [...(await log.store.readStream('a')), ...(await log.store.readStream('b'))];
    const plain = restored.map(({ id, stream, revision, type, data, metadata, recordedAt, position }) => ({
      ...{ id, stream, revision, type, data, metadata, recordedAt, position },
    }));
    expect(plain).toEqual([
      { ...a1, position: 1n },
      { ...a2, position: 3n },
      { ...b1, position: 2n },
    ]);
    expect(await log.store.lastPosition()).toBe(3n);
  });

  it('does nothing with an empty list', async () => {
    expect(await refused([])).toBeUndefined();
  });

  it.each<[string, RecordedEvent[], number, number]>([
    ['skips a revision after the recorded ones', [recorded('a', 4, later)], 3, 2],
    ['repeats a recorded revision', [recorded('a', 2, later)], 1, 2],
    ['does not begin at revision 1', [recorded('c', 2, later)], 1, 0],
    ['skips a revision between its events', [recorded('c', 1, later), recorded('c', 3, later)], 2, 1],
  ])('refuses a stream that %s', async (_, events, expectedRevision, actualRevision) => {
    const error = await refused(events);
    expect(error).toBeInstanceOf(VersionConflict);
    expect(error).toMatchObject({ stream: events[0]!.stream, expectedRevision, actualRevision });
  });

  it('refuses an event id that is recorded already, or occurs twice', async () => {
    const reused = { ...recorded('c', 1, later), id: a1.id };
    const twice = recorded('c', 1, later);
    for (const events of [[reused], [twice, { ...recorded('d', 1, later), id: twice.id }]]) {
      const error = await refused(events);
      expect(error).toBeInstanceOf(EventIdReused);
      expect(error).toMatchObject({ eventId: events[0]!.id });
    }
  });

  it('refuses a recording time before the previous one', async () => {
    const late = recorded('c', 1, later);
    expect(await refused([recorded('c', 1, first)])).toBeInstanceOf(RecordedTooEarly);
    expect(await refused([late, recorded('c', 2, first)])).toBeInstanceOf(RecordedTooEarly);
  });

  it('keeps positions without gaps while others append', async () => {
    const append = (stream: string) =>
      log.store.append({
        ...{ stream, expectedRevision: 0 },
        events: [{ id: randomUUID(), type: 'thing-happened.v1', data: {}, metadata: {} }],
      });
    const before = await log.store.lastPosition();
    await Promise.all(
      Array.from({ length: 20 }, (_, number) => [
        append(`appended-${number}`),
        log.store.restore([recorded(`restored-${number}`, 1, '2200-01-01T00:00:00.000Z')]),
      ]).flat(),
    );
    expect(await log.store.lastPosition()).toBe(before + 40n);
    expect(await countOf(log.database)).toBe(Number(before) + 40);
  });
});
