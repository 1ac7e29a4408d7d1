import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { instant } from '../../shared/instant.js';
import { extend, emptyLogHash } from './log-hash.js';

const event = (changes: Partial<RecordedEvent> = {}): RecordedEvent => ({
  id: '0196d4a0-0000-7000-8000-000000000001',
  stream: 'ticket-1',
  revision: 1,
  position: 1n,
  type: 'ticket-opened.v1',
  recordedAt: instant('2026-05-15T12:12:33.120Z'),
  data: { title: 'Muette', tags: ['a', 'b'] },
  metadata: { actor: 'alice' },
  ...changes,
});
const second = event({ id: '0196d4a0-0000-7000-8000-000000000002', revision: 2 });
const hashOf = (...events: RecordedEvent[]) => events.reduce(extend, emptyLogHash).hash;

describe('the hash of a log', () => {
  it('is what it was in the versions before: archives rest on it', () => {
    expect(hashOf(event(), second)).toBe('52c0f69eb54e6fd0810d6cafc373d46f2909bb18d5ce980ea066e48b40c07c8d');
  });

  it('leaves positions out', () => {
    expect(hashOf(event({ position: 9_000_000_000_000n }))).toBe(hashOf(event()));
  });

  it.each<[string, Partial<RecordedEvent>]>([
    ['id', { id: second.id }],
    ['stream', { stream: 'ticket-2' }],
    ['revision', { revision: 2 }],
    ['type', { type: 'ticket-opened.v2' }],
    ['time', { recordedAt: instant('2026-05-15T12:12:33.121Z') }],
    ['data', { data: { title: 'Muette', tags: ['b', 'a'] } }],
    ['metadata', { metadata: { actor: 'alicia' } }],
  ])('tells events apart by their %s', (_, changes) => {
    expect(hashOf(event(changes), second)).not.toBe(hashOf(event(), second));
  });

  it('tells their order and number', () => {
    const hashes = [hashOf(event(), second), hashOf(second, event()), hashOf(event()), hashOf()];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('counts them', () => {
    expect([event(), second].reduce(extend, emptyLogHash).events).toBe(2);
  });
});
