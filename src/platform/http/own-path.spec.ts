import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { budgeted } from '../../../test/support/budget.js';
import { ownPath } from './own-path.js';

const home = 'https://billets.example';

describe('an address that someone brings along', () => {
  it.each([
    ['/', '/'],
    ['/jours/2026-05-15?lang=en', '/jours/2026-05-15?lang=en'],
    ['/bulletins/../jours', '/jours'],
    ['jours', '/jours'],
    ['?lang=en', '/?lang=en'],
    ['', '/'],
    ['/a//b', '/a//b'],
    ['/a?next=//evil.test', '/a?next=//evil.test'],
    ['/équipe', '/%C3%A9quipe'],
    ['https://billets.example/jours', '/jours'],
    ['https://billets.example:443/jours', '/jours'],
    ['HTTPS://BILLETS.EXAMPLE/jours', '/jours'],
  ])('leads to where it says, on this server: %j', (address, path) => {
    expect(ownPath(address, home)).toBe(path);
  });

  it.each([
    'https://evil.test/',
    'http://billets.example/',
    'https://billets.example:8443/',
    'https://billets.example.evil.test/',
    'https://billets.example@evil.test/',
    '//evil.test/x',
    '///evil.test/x',
    '////evil.test/x',
    '/\\evil.test',
    '\\\\evil.test',
    '\\/evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '\r\n//evil.test',
    ' //evil.test',
    'https:/\\evil.test',
    'https:\\\\evil.test',
    '/..//evil.test/x',
    '/.//evil.test/x',
    '/./.././/evil.test',
    '/a/..//evil.test',
    '/a/../..//evil.test',
    '/%2e%2e//evil.test',
    '/%2E%2e//evil.test',
    '/.%2e//evil.test',
    '/..\\\\evil.test',
    '/..\\/evil.test',
    '/..////evil.test',
    '/\t..//evil.test',
    '..//evil.test',
    './/evil.test',
    'https://billets.example//evil.test',
    'https://billets.example/..//evil.test',
    'https://billets.example/\\evil.test',
    'blob:https://billets.example/x',
    'blob:https://billets.example//evil.test',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'mailto:someone@evil.test',
    'file:///etc/passwd',
    'https://',
    'https://[::1',
    'http://%',
  ])('leads home where it leads elsewhere: %j', (address) => {
    expect(ownPath(address, home)).toBe('/');
  });

  const piece = fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      '\0',
      ' ',
      'é',
      '\u3002',
    ],
    ...['https:', 'http:', 'blob:', 'javascript:', 'evil.test', 'billets.example', 'a', '\ud800'],
  );
  const anything = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  );

  it.each([home, 'http://localhost:3000', 'http://[::1]:3000'])(
    'never leads away from %s, nor into another header, whatever it is',
    (origin) => {
      fc.assert(
        fc.property(anything, (address) => {
          const path = ownPath(address, origin);
          expect(new URL(path, origin).origin).toBe(origin);
          expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
          expect(ownPath(path, origin)).toBe(path);
        }),
        { numRuns: budgeted(1_000) },
      );
    },
  );
});
