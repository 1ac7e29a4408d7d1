import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('does not depend on the order of members, at any depth', () => {
    const text = '{"a":[{"c":1,"d":null}],"b":"é"}';
    expect(canonicalJson({ b: 'é', a: [{ d: null, c: 1 }] })).toBe(text);
    expect(canonicalJson({ a: [{ c: 1, d: null }], b: 'é' })).toBe(text);
  });

  it('keeps the order of items', () => {
    expect(canonicalJson([2, 1])).toBe('[2,1]');
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('writes names that are whole numbers first, as JSON.stringify does: fingerprints depend on it', () => {
    expect(canonicalJson({ b: 1, 10: 2, 9: 3 })).toBe('{"9":3,"10":2,"b":1}');
  });
});
