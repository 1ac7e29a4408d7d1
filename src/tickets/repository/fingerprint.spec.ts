import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CommandBody } from '../execution/command-body.js';
import { fingerprintOf } from './fingerprint.js';

const ticketId = '3f0c3f7e-1f5c-4b52-9a55-0a3f1c2d4e5f';
const body = (members: Record<string, unknown>): CommandBody => members;

describe('the fingerprint of a command', () => {
  it('is still the one that existing logs hold', () => {
    const fields = {
      title: 'Imprimante d’étiquettes muette',
      site: undefined,
      resolution: { note: 'Câble «USB» remplacé', code: 'fixed' },
      links: [{ to: ticketId, relation: 'child' }, null, 3],
    };
    expect(fingerprintOf('open', ticketId, body(fields))).toBe('JWSkPIaOih25ohA_dLajm5');
  });

  it('depends neither on the order of keys nor on ids that the body repeats', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(object, (members) => {
        const { commandId: _id, ticketId: _ticket, type: _type, ...fields } = members;
        const backwards = Object.fromEntries(Object.entries(fields).reverse());
        const withIds = { ...backwards, commandId: 'any', ticketId, type: 'note' };
        expect(fingerprintOf('note', ticketId, body(withIds))).toBe(
          fingerprintOf('note', ticketId, body(fields)),
        );
      }),
    );
  });

  it.each([
    ['type', () => fingerprintOf('start', ticketId, body({ note: 'a' }))],
    ['ticket', () => fingerprintOf('note', ticketId.replace('3', '4'), body({ note: 'a' }))],
    ['text', () => fingerprintOf('note', ticketId, body({ note: 'b' }))],
    ['key', () => fingerprintOf('note', ticketId, body({ text: 'a' }))],
  ])('differs for another %s', (_what, changed) => {
    expect(changed()).not.toBe(fingerprintOf('note', ticketId, body({ note: 'a' })));
  });
});
