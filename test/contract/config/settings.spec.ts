import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { StartRefused } from '../../../src/config/start-refused.js';
import { loadEstablishments } from '../../../src/establishments/load-establishments.js';
import { runHosted, type Ended } from '../../support/cli/command-host.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { freePort } from '../../support/network/free-port.js';
import { plainEnvironment, project } from '../../support/server/server-process.js';
import { patienceMs } from '../../support/patience.js';
import { testMasterKey } from '../../support/keys/master-key.js';

type Run = (program: string, settings: Record<string, string>, ...words: string[]) => Promise<Ended>;

const scriptOf = (program: string) => join(project, 'dist', program);
const withDefaults = (settings: Record<string, string>) => ({
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  ...settings,
});

/** Runs a built program to its end on a free port, with a data folder of this test and these settings. */
const run: Run = (program, settings, ...words) =>
  runHosted(scriptOf(program), { parameters: words, settings: withDefaults(settings), folder });

/** The same as a process of its own, which has to end by itself; killed after `patienceMs`. */
const runProcess: Run = async (program, settings, ...words) => {
  const child = spawn(process.execPath, [scriptOf(program), ...words], {
    env: { ...plainEnvironment(), ...withDefaults(settings) },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
};

let folder: string;
let database: TestDatabase;
let taken: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billets-quotidiens-settings-'));
  database = await createDatabase();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(async () => {
  taken.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const named = (code: string, name: string) => ({ code, name, timeZone: 'America/Toronto', showcase: false });
const establishment = (changes: object) => ({ establishments: [{ ...named('A', 'A'), ...changes }] });
const databaseWith = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

const noIssuer = { OIDC_ISSUER: '', OIDC_AUDIENCE: '' };
const onlyHere = { DATABASE_URL: '' };

/** Settings with one mistake; the run adds a working database and an issuer, so that nothing else is wrong. */
type Wrong = () => Record<string, string> | Promise<Record<string, string>>;

describe('the server does not start, and names the wrong setting in one line', () => {
  const expectRefused = async (name: string, wrong: Record<string, string>, how = run) => {
    const { code, stdout, stderr } = await how('main.js', {
      DATABASE_URL: database.url,
      OIDC_ISSUER: 'https://login.example',
      OIDC_AUDIENCE: 'billets',
      MASTER_KEY: testMasterKey,
      ...wrong,
    });
    // What happened before it was refused is a security event all the same.
    const refusal = stderr.replaceAll(/^\{.*"security":.*\}\n/gm, '');
    expect(refusal).toMatch(new RegExp(`^${name}: .+\n$`));
    expect(stderr).not.toContain('s3cret');
    expect(stdout).toBe('');
    expect(code).toBe(1);
  };

  it('PORT that is taken, as a process that ends by itself', () =>
    expectRefused('PORT', { PORT: String((taken.address() as AddressInfo).port) }, runProcess));

  it.each<[string, string, Wrong]>([
    ['PORT', 'that is not a number', () => ({ PORT: 'eighty' })],
    ['HOST', 'of another machine', () => ({ HOST: '192.0.2.1' })],
    [
      'DATABASE_URL',
      'where nobody listens',
      async () => ({ DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/x` }),
    ],
    [
      'DATABASE_URL',
      'that names no database',
      () => ({ DATABASE_URL: databaseWith((url) => (url.pathname = '/no-such-database')) }),
    ],
    [
      'EVENT_STORE_URL',
      'where nobody listens',
      async () => ({ EVENT_STORE_URL: `kurrentdb://me:s3cret@127.0.0.1:${await freePort()}?tls=false` }),
    ],
    [
      'EVENT_STORE_URL',
      'of nodes where nobody listens',
      async () => ({
        EVENT_STORE_URL: `kurrentdb://me:s3cret@127.0.0.1:${await freePort()},127.0.0.1:${await freePort()}?tls=false`,
      }),
    ],
    [
      'EVENT_STORE_URL',
      'that is not a connection string',
      () => ({ EVENT_STORE_URL: 'kurrentdb://me:s3cret@' }),
    ],
    ['MASTER_KEY', 'missing beside a database of one’s own', () => ({ MASTER_KEY: '' })],
    ['MASTER_KEY', 'that is none', () => ({ MASTER_KEY: 's3cret' })],
    [
      'MASTER_KEY_FILE',
      'that is not there',
      () => ({ MASTER_KEY: '', MASTER_KEY_FILE: join(folder, 'none') }),
    ],
    [
      'MASTER_KEY_FILE',
      'that holds none',
      () => ({ MASTER_KEY: '', MASTER_KEY_FILE: file('key', 's3cret') }),
    ],
    [
      'KEYS_DATABASE_URL',
      'where nobody listens',
      async () => ({ KEYS_DATABASE_URL: `postgres://nobody:s3cret@127.0.0.1:${await freePort()}/x` }),
    ],
    ['VAULT_TOKEN_FILE', 'missing', () => ({ VAULT_ADDR: 'http://127.0.0.1:1' })],
    [
      'VAULT_ADDR',
      'where nobody listens',
      async () => ({
        VAULT_ADDR: `http://127.0.0.1:${await freePort()}`,
        VAULT_TOKEN_FILE: file('token', 's3cret'),
      }),
    ],
    ['OIDC_ISSUER', 'missing in production', () => ({ ...noIssuer, NODE_ENV: 'production' })],
    [
      'OIDC_ISSUER',
      'missing with another value of NODE_ENV for production',
      () => ({ ...noIssuer, NODE_ENV: 'prod' }),
    ],
    ['OIDC_ISSUER', 'missing with an external database', () => noIssuer],
    [
      'OIDC_ISSUER',
      'missing while listening beyond this machine',
      () => ({ ...onlyHere, ...noIssuer, HOST: '0.0.0.0' }),
    ],
    [
      'OIDC_ISSUER',
      'without TLS in production',
      () => ({ NODE_ENV: 'production', OIDC_ISSUER: 'http://127.0.0.1:1' }),
    ],
    [
      'ESTABLISHMENTS_FILE',
      'that does not exist',
      () => ({ ESTABLISHMENTS_FILE: join(folder, 'none.json') }),
    ],
    ['LOGO_FILE', 'that is not there', () => ({ LOGO_FILE: join(folder, 'none.svg') })],
    [
      'LOGO_FILE',
      'that can’t be drawn',
      () => ({ LOGO_FILE: file('a.svg', '<svg viewBox="0 0 1 1"><g></svg>') }),
    ],
    ['ESTABLISHMENTS_FILE', 'that is not JSON', () => ({ ESTABLISHMENTS_FILE: file('a.json', '{\n"x":\n') })],
  ])('%s %s', async (name, _what, wrong) => expectRefused(name, await wrong()), patienceMs);
});

describe('a list of establishments is refused in one line', () => {
  const load = (list: unknown) => {
    const path = typeof list === 'string' ? list : file('list.json', JSON.stringify(list));
    return () => loadEstablishments(path, 'America/Toronto');
  };
  it.each<[string, () => unknown]>([
    ['that is a folder', () => folder],
    ['that is empty', () => ({ establishments: [] })],
    ['that is a list', () => []],
    ['that is not UTF-8', () => file('latin.json', Buffer.from('{"x":"\xe9"}', 'latin1'))],
    ['with an unknown time zone', () => establishment({ timeZone: 'America/Quebec-City' })],
    ['with two wrong fields', () => establishment({ code: 7, showcase: 'yes' })],
    ['with a name twice', () => ({ establishments: [named('A', 'One'), named('B', 'one')] })],
  ])('%s', (_what, list) => {
    expect(load(list())).toThrow(StartRefused);
    expect(load(list())).toThrow(/^ESTABLISHMENTS_FILE: [^\n]+$/);
  });
});

describe('the token program', () => {
  it(
    'prints one token, and nothing else',
    async () => {
      const { code, stdout, stderr } = await runProcess(
        'cli/token.js',
        {},
        '--role',
        'agent',
        '--role',
        'producer',
        '--establishments',
        'NIM,MCQ',
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      expect(decodeJwt(stdout.trim())).toMatchObject({
        roles: ['agent', 'producer'],
        establishments: ['NIM', 'MCQ'],
        exp: expect.any(Number),
      });
    },
    patienceMs,
  );

  it.each<[string, string, Record<string, string>, string[]]>([
    ['OIDC_ISSUER', 'in production', { NODE_ENV: 'production' }, ['--role', 'agent']],
    [
      'OIDC_ISSUER',
      'with another value of NODE_ENV for production',
      { NODE_ENV: 'prod' },
      ['--role', 'agent'],
    ],
    [
      'OIDC_ISSUER',
      'with an external database',
      { DATABASE_URL: 'postgres://127.0.0.1/x' },
      ['--role', 'agent'],
    ],
    ['OIDC_ISSUER', 'while listening beyond this machine', { HOST: '0.0.0.0' }, ['--role', 'agent']],
    [
      'OIDC_ISSUER',
      'with a real issuer',
      { OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'x' },
      ['--role', 'agent'],
    ],
    ['--role', 'without a role', {}, []],
    ['--role', 'for an unknown role', {}, ['--role', 'root']],
  ])(
    'refuses in one line that names %s, %s',
    async (name, _what, settings, words) => {
      const { code, stdout, stderr } = await run('cli/token.js', settings, ...words);
      expect(stderr).toMatch(new RegExp(`^${name}: .+\n$`));
      expect([code, stdout]).toEqual([1, '']);
    },
    patienceMs,
  );
});
