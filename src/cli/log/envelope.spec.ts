import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../platform/event-store/event-store.js';
import { instant } from '../../shared/instant.js';
import { fromEnvelope, toEnvelope, type ArchivedEvent } from './envelope.js';

/** Code units as they come, lone surrogates and control characters among them, with those that formats stumble over. */
const oddText = (minLength: number) =>
  fc.string({
    minLength,
    unit: fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(
        '\u2028',
        '\u2029',
        '\u007f',
        '\u0085',
        '\ufffe',
        '\u{1ffff}',
        '\ud800',
        '\\',
        '"',
        '\n',
        'é',
      ),
    ),
  });

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    oddText(0),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.oneof(oddText(0), fc.constantFrom('__proto__', 'constructor', '10', '2')),
    tie('value'),
    {
      maxKeys: 4,
    },
  ),
}));

/** What JSON.stringify writes and JSON.parse reads back the same: not -0. */
const jsonObject = json.object.map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

const archived: fc.Arbitrary<ArchivedEvent> = fc.record({
  event: fc.record({
    id: fc.uuid(),
    stream: oddText(1),
    revision: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    position: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    type: oddText(1),
    recordedAt: fc
      .date({
        min: new Date('0000-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
        noInvalidDate: true,
      })
      .map(instant),
    data: jsonObject,
    metadata: jsonObject,
  }),
  log: fc.uuid(),
  hash: fc.stringMatching(/^[0-9a-f]{64}$/),
  last: fc.boolean(),
});

const one: ArchivedEvent = {
  event: {
    id: '0196d4a0-0000-7000-8000-000000000001',
    stream: 'ticket-1',
    revision: 3,
    position: 9_007_199_254_740_993n,
    type: 'note-added.v1',
    recordedAt: instant('2026-05-15T12:12:33.120Z'),
    data: { body: 'Vu sur place' },
    metadata: { actor: 'alice', device: { id: 7 }, odd: '\u0085\u{1ffff}' },
  },
  log: '6f38756c-a9fa-40c1-ac44-75df8d215d0c',
  hash: 'ab'.repeat(32),
  last: true,
};

describe('the envelope of an event', () => {
  it('gives back any event exactly as it was', () => {
    fc.assert(
      fc.property(archived, (before) => {
        const after = fromEnvelope(toEnvelope(before));
        expect(after).toEqual(before);
        // The order of members, too.
        expect(JSON.stringify([after.event.data, after.event.metadata])).toBe(
          JSON.stringify([before.event.data, before.event.metadata]),
        );
      }),
    );
  });

  it('is a CloudEvent, with what else an import needs as extension attributes', () => {
    expect(JSON.parse(toEnvelope(one))).toEqual({
      specversion: '1.0',
      id: one.event.id,
      source: `/logs/${one.log}`,
      type: 'note-added.v1',
      subject: 'ticket-1',
      time: '2026-05-15T12:12:33.120Z',
      datacontenttype: 'application/json',
      position: '9007199254740993',
      revision: 3,
      metadata: String.raw`{"actor":"alice","device":{"id":7},"odd":"\u0085\ud83f\udfff"}`,
      hash: one.hash,
      last: true,
      data: { body: 'Vu sur place' },
    });
  });

  it('is one line, and its attributes have names and values that CloudEvents allow', () => {
    fc.assert(
      fc.property(archived, ({ event, ...rest }) => {
        const line = toEnvelope({ ...rest, event: { ...event, stream: 'ticket-1', type: 'note-added.v1' } });
        expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
        const { data: _, ...attributes } = JSON.parse(line) as Record<string, unknown>;
        for (const [name, value] of Object.entries(attributes)) {
          expect(name).toMatch(/^[a-z0-9]{1,20}$/);
          expect(['string', 'boolean', 'number']).toContain(typeof value);
          if (typeof value === 'number') expect(value).toBe(value | 0);
          // Control characters, halves of characters and what is no character are left out by the specification.
          expect(String(value)).not.toMatch(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u);
        }
      }),
    );
  });

  it.each<[string, (envelope: Record<string, unknown>) => unknown]>([
    ['specversion', (envelope) => ({ ...envelope, specversion: '0.3' })],
    ['id', (envelope) => ({ ...envelope, id: 'one' })],
    ['source', (envelope) => ({ ...envelope, source: '/logs/' })],
    ['time', (envelope) => ({ ...envelope, time: '2026-05-15T12:12:33Z' })],
    ['data', (envelope) => ({ ...envelope, data: [] })],
    ['data', ({ data: _, ...envelope }) => envelope],
    ['position', (envelope) => ({ ...envelope, position: 3 })],
    ['revision', (envelope) => ({ ...envelope, revision: 0 })],
    ['metadata', (envelope) => ({ ...envelope, metadata: '[]' })],
    ['metadata', (envelope) => ({ ...envelope, metadata: '{' })],
    ['hash', ({ hash: _, ...envelope }) => envelope],
    ['Unrecognized key', (envelope) => ({ ...envelope, traceparent: 'a' })],
    ['Invalid input', () => 7],
  ])('is refused, saying where: %s', (where, change) => {
    const line = JSON.stringify(change(JSON.parse(toEnvelope(one)) as Record<string, unknown>));
    expect(() => fromEnvelope(line)).toThrow(new RegExp(`^${where}`));
  });

  it('is refused where it is not JSON', () => {
    expect(() => fromEnvelope(toEnvelope(one).slice(0, -1))).toThrow(/^not JSON: /);
  });
});
