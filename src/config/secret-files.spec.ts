import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'billets-quotidiens-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, contents: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
};
const database = 'postgres://billets:s3cret@127.0.0.1/billets';

describe('a secret in a file', () => {
  it.each(['', '\n', '\r\n'])('is what the file holds, without a line end %j', (end) => {
    const path = file('database', `${database}${end}`);
    expect(readSettings({ DATABASE_URL_FILE: path }).databaseUrl).toBe(database);
  });

  it.each([
    ['DATABASE_URL', database],
    ['EVENT_STORE_URL', 'kurrentdb://me:s3cret@127.0.0.1:2113'],
    ['KEYS_DATABASE_URL', database],
    ['OIDC_CLIENT_SECRET', 's3cret of the client'],
    ['SESSION_SECRET', 'q8Zr2LmN5vXc7BtY1wKj4HsDf9GpA3eU'],
  ])('is taken for %s as from the environment', (name, value) => {
    const path = file(name, value);
    expect(readSettings({ [`${name}_FILE`]: path })).toEqual(readSettings({ [name]: value }));
  });

  it.each([
    [
      'beside the secret itself',
      () => ({ DATABASE_URL: database, DATABASE_URL_FILE: file('both', database) }),
    ],
    ['that is not there', () => ({ DATABASE_URL_FILE: join(folder, 'none') })],
    ['that is a folder', () => ({ DATABASE_URL_FILE: folder })],
    ['that is empty', () => ({ DATABASE_URL_FILE: file('empty', '\n') })],
    [
      'that is not UTF-8',
      () => ({ DATABASE_URL_FILE: file('latin', Buffer.from('postgres://\xe9', 'latin1')) }),
    ],
  ])('is refused %s, in one line that names it and does not show it', (_, environment) => {
    const read = () => readSettings(environment());
    expect(read).toThrow(/^DATABASE_URL_FILE: .+$/);
    expect(read).not.toThrow(/s3cret/);
  });
});
