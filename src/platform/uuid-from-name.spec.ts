import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { namespaceOf, uuidFromName } from './uuid-from-name.js';

it('a name has the UUID in its namespace that RFC 9562 gives it', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(uuidFromName('www.example.com', dns)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uuid(), (name, namespace) => {
      expect(uuidFromName(name, namespace)).toBe(v5(name, namespace));
      expect(uuidFromName(name, namespaceOf(namespace))).toBe(v5(name, namespace));
    }),
  );
});
