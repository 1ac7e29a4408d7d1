import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { whyWeak } from './secret-strength.js';

describe('a secret', () => {
  it.each([
    '',
    'short',
    'q8Zr2LmN5vXc7BtY1wKj4HsDf9GpA3e',
    'x'.repeat(32),
    'x'.repeat(5_000),
    'ab'.repeat(40),
    'abcabcabcabcabcabcabcabcabcabcabcabc',
    '0123456789abcdef0123456789abcdef',
    '0123456789012345678901234567890123456789',
    'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
    'zyxwvutsrqponmlkjihgfedcba9876543210',
    'change-me-change-me-change-me-change-me',
    'changemechangemechangemechangeme1',
    'passwordpasswordpasswordpassword',
    'Password1Password1Password1Password1',
    'this is a secret secret secret secret',
    'your-session-secret-here-please-change-it',
    'billets-quotidiens-session-secret-2026',
    'development-session-secret-for-testing',
    'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbcccc',
    '00000000-0000-0000-0000-000000000000',
    '        x                               ',
  ])('is refused where it can be guessed: %s', (secret) => {
    expect(whyWeak(secret)).toMatch(/^expected /);
  });

  it.each(['hex', 'base64', 'base64url'] as const)('is good where it is random, in %s', (encoding) => {
    for (let round = 0; round < 2_000; round += 1) {
      const secret = randomBytes(24).toString(encoding);
      expect([secret, whyWeak(secret)]).toEqual([secret, undefined]);
    }
  });

  it('is good where it is 32 random hexadecimal digits, or random words enough', () => {
    for (let round = 0; round < 2_000; round += 1) {
      const secret = randomBytes(16).toString('hex');
      expect([secret, whyWeak(secret)]).toEqual([secret, undefined]);
    }
    expect(whyWeak('vinaigre tunnel brouette quartz hamac pylône civet')).toBeUndefined();
  });
});
