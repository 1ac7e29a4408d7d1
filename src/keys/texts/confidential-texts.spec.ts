import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  TextsErased,
  type EventToAppend,
  type RecordedEvent,
} from '../../platform/event-store/event-store.js';
import { instant } from '../../shared/instant.js';
import { UnreadableText } from '../failures.js';
import { ConfidentialTexts } from './confidential-texts.js';

const texts = new ConfidentialTexts({
  streamPrefix: 'case-',
  data: { Opened: ['title', 'end.note'], Moved: [] },
  metadata: ['hash'],
});
const key = createSecretKey(randomBytes(32));

const event = (changes: Partial<EventToAppend> = {}): EventToAppend => ({
  id: 'e1',
  type: 'Opened',
  data: { title: 'Chambre 312', end: { code: 'x', note: 'Mme Tremblay' }, at: 'NIM' },
  metadata: { hash: 'abc', actor: 'alice' },
  ...changes,
});

const recorded = (from: EventToAppend, stream = 'case-1'): RecordedEvent => ({
  ...from,
  ...{ stream, revision: 1, position: 1n, recordedAt: instant(0) },
});

describe('the texts of an event', () => {
  const encrypted = texts.encrypted('case-1', event(), key);

  it('are not to be seen once encrypted, and everything else is as it was', () => {
    expect(JSON.stringify(encrypted)).not.toMatch(/312|Tremblay|abc/);
    expect(encrypted).toMatchObject({
      data: { end: { code: 'x' }, at: 'NIM' },
      metadata: { actor: 'alice' },
    });
  });

  it('read back as they were', () => {
    expect(texts.dataOf(recorded(encrypted), key)).toEqual(event().data);
    expect({ ...texts.metadataOf(recorded(encrypted), key) }).toEqual(event().metadata);
  });

  it('may be anything a text can be, half a character and what looks encrypted included', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
      fc.constant(String(encrypted.data.title)),
    );
    fc.assert(
      fc.property(anyText, (title) => {
        const made = texts.encrypted('case-1', event({ data: { title } }), key);
        expect(texts.dataOf(recorded(made), key)).toEqual({ title });
      }),
    );
  });

  it('stay away where they are not there', () => {
    const { data } = texts.encrypted('case-1', event({ data: { at: 'NIM', title: null } }), key);
    expect(data).toEqual({ at: 'NIM', title: null });
  });

  it('of another kind of stream are left alone', () => {
    expect(texts.encrypted('day-1', event(), key)).toEqual(event());
  });

  it.each([
    ['moved to another event', { ...encrypted, id: 'e2' }, 'case-1'],
    ['moved to another stream', encrypted, 'case-2'],
    [
      'moved to another field',
      { ...encrypted, data: { title: (encrypted.data.end as { note: string }).note } },
      'case-1',
    ],
    ['replaced by plain text', { ...encrypted, data: { title: 'Chambre 313' } }, 'case-1'],
  ])('%s can’t be read', (_what, changed, stream) => {
    expect(() => texts.dataOf(recorded(changed, stream), key)).toThrow(UnreadableText);
  });

  it('can’t be read without their key, or with one that can’t be unwrapped', () => {
    for (const none of ['missing', new Error('wrapped by another')] as const) {
      expect(() => texts.dataOf(recorded(encrypted), none)).toThrow(UnreadableText);
      expect(() => texts.metadataOf(recorded(encrypted), none).hash).toThrow(UnreadableText);
    }
  });

  it('are empty once their key is destroyed', () => {
    expect(texts.dataOf(recorded(encrypted), 'destroyed')).toEqual({
      title: '',
      end: { code: 'x', note: '' },
      at: 'NIM',
    });
    const metadata = texts.metadataOf(recorded(encrypted), 'destroyed');
    expect({ ...metadata }).toEqual({ actor: 'alice', hash: '', erased: true });
  });

  it('can’t be added once the key is destroyed; what has none can', () => {
    expect(() => texts.encrypted('case-1', event(), 'destroyed')).toThrow(TextsErased);
    const moved = texts.encrypted('case-1', event({ type: 'Moved', data: { to: 'MCQ' } }), 'destroyed');
    expect(texts.dataOf(recorded(moved), 'destroyed')).toEqual({ to: 'MCQ' });
    expect({ ...texts.metadataOf(recorded(moved), 'destroyed') }).toMatchObject({ hash: '', erased: true });
  });
});
