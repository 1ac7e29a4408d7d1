import { describe, expect, it } from '@jest/globals';
import { isLoopback } from './development-issuer-rule.js';
import { readSettings, requireIssuer } from './settings.js';
import { StartRefused } from './start-refused.js';

type Environment = Record<string, string | undefined>;

const strong = 'q8Zr2LmN5vXc7BtY1wKj4HsDf9GpA3eU';

/** Which issuer a server with this environment has; `refused` where it does not start. */
const issuerOf = (environment: Environment): string => {
  try {
    const settings = readSettings(environment);
    requireIssuer(settings);
    return settings.oidc?.issuer ?? 'development';
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    expect(error.message).toMatch(/^[A-Z_]+: [^\n]+$/);
    return 'refused';
  }
};

const nodeEnvs = [
  ...[undefined, '', 'development', 'test'],
  ...[
    'production',
    'prod',
    'PRODUCTION',
    'Production',
    'Development',
    'TEST',
    ' development',
    'development ',
  ],
  ...['staging', 'preprod', 'dev', 'tests', 'none', 'false', '0', 'development\nx'],
];
const harmlessNodeEnvs = [undefined, '', 'development', 'test'];
const hosts = [
  ...[undefined, '', '127.0.0.1', '127.0.0.53', '::1', 'localhost'],
  ...['0.0.0.0', '::', '192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', '2001:db8::1', '128.0.0.1'],
  ...['127.0.0.1.evil.test', 'localhost.evil.test', 'billets.example', '0', '127.1'],
];
const harmlessHosts = [undefined, '', '127.0.0.1', '127.0.0.53', '::1', 'localhost'];
const databases = [undefined, '', 'postgres://billets@127.0.0.1/billets', 'postgres://db.example/billets'];
const issuers = [undefined, '', 'https://login.example', 'http://login.example', 'http://127.0.0.1:8080'];

const rows = nodeEnvs.flatMap((nodeEnv) =>
  hosts.flatMap((host) =>
    databases.flatMap((database) => issuers.map((issuer) => ({ nodeEnv, host, database, issuer }))),
  ),
);

describe('the issuer of a server', () => {
  it.each(nodeEnvs)(
    'is the configured one, or the development one where all of it is harmless, else it does not start: NODE_ENV=%j',
    (nodeEnv) => {
      const ofThis = rows.filter((row) => row.nodeEnv === nodeEnv);
      expect(ofThis.length).toBe(hosts.length * databases.length * issuers.length);
      for (const { host, database, issuer } of ofThis) {
        const isHarmless = harmlessNodeEnvs.includes(nodeEnv) && harmlessHosts.includes(host) && !database;
        const mayBePlain =
          harmlessNodeEnvs.includes(nodeEnv) && (Boolean(nodeEnv) || issuer?.includes('127.0.0.1') === true);
        const isSafe = issuer?.startsWith('https:') === true || mayBePlain;
        const expected = issuer ? (isSafe ? issuer : 'refused') : isHarmless ? 'development' : 'refused';
        const environment = {
          NODE_ENV: nodeEnv,
          HOST: host,
          DATABASE_URL: database,
          OIDC_ISSUER: issuer,
          OIDC_AUDIENCE: 'billets',
        };
        expect([environment, issuerOf(environment)]).toEqual([environment, expected]);
      }
    },
  );

  it.each<[string, Environment]>([
    ['events in a KurrentDB', { EVENT_STORE_URL: 'kurrentdb://localhost:2113?tls=false' }],
    ['an address that others reach', { PUBLIC_URL: 'https://billets.example' }],
    ['that address in development', { PUBLIC_URL: 'http://billets.example', NODE_ENV: 'development' }],
  ])('is not the development one with %s', (_what, environment) => {
    expect(issuerOf(environment)).toBe('refused');
  });

  it('is the development one with an address of this machine', () => {
    expect(issuerOf({ PUBLIC_URL: 'http://localhost:3000' })).toBe('development');
    expect(issuerOf({ PUBLIC_URL: 'http://[::1]:3000' })).toBe('development');
  });

  it('says what to set, and never what may be a password', () => {
    const start = () => requireIssuer(readSettings({ DATABASE_URL: 'postgres://u:s3cret@db/x' }));
    expect(start).toThrow(
      /^OIDC_ISSUER: missing; expected your identity provider's issuer URL, since the development issuer does not exist with DATABASE_URL$/,
    );
  });
});

describe('a name of this machine', () => {
  it('is told by the address, and never asked of others', () => {
    expect(['::ffff:127.0.0.1', '0:0:0:0:0:0:0:1', '127.255.255.255', '[::1]'].filter(isLoopback)).toEqual(
      expect.arrayContaining(['0:0:0:0:0:0:0:1', '127.255.255.255', '[::1]']),
    );
    expect(['', '::ffff:10.0.0.1', '127.0.0.256', 'LOCALHOST.', '::2'].filter(isLoopback)).toEqual([]);
  });
});

describe('with a real issuer', () => {
  const real: Environment = {
    OIDC_ISSUER: 'https://login.example',
    OIDC_AUDIENCE: 'billets',
    OIDC_CLIENT_ID: 'board',
    PUBLIC_URL: 'https://billets.example',
    SESSION_SECRET: strong,
  };
  const reading = (changes: Environment) => () => readSettings({ ...real, ...changes });

  it('a session is encrypted by the first of its secrets', () => {
    const second = 'Zt5kQw9eR2yU7iOp4aSd6fGh1jKl3xCv';
    expect(reading({})().sessionSecrets).toEqual([strong]);
    for (const between of [',', ' ', ', ', '\n']) {
      expect(reading({ SESSION_SECRET: `${second}${between}${strong}` })().sessionSecrets).toEqual([
        second,
        strong,
      ]);
    }
  });

  it.each<[string, Environment]>([
    ['OIDC_ISSUER', { NODE_ENV: 'production', OIDC_ISSUER: 'http://127.0.0.1:8080' }],
    ['OIDC_ISSUER', { NODE_ENV: 'prod', OIDC_ISSUER: 'http://login.example' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://login.example' }],
    ['PUBLIC_URL', { NODE_ENV: 'production', PUBLIC_URL: 'http://localhost:3000' }],
    ['PUBLIC_URL', { NODE_ENV: 'staging', PUBLIC_URL: 'http://billets.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://billets.example' }],
    ['SESSION_SECRET', { SESSION_SECRET: 'x'.repeat(64) }],
    ['SESSION_SECRET', { SESSION_SECRET: 'change-me-change-me-change-me-change-me' }],
    ['SESSION_SECRET', { SESSION_SECRET: `${strong},${'x'.repeat(40)}` }],
    ['SESSION_SECRET', { SESSION_SECRET: `${strong},short` }],
    ['SESSION_SECRET', { SESSION_SECRET: ' , ' }],
    ['SESSION_SECRET', { SESSION_SECRET: undefined }],
    ['MANAGEMENT_TOKEN', { MANAGEMENT_TOKEN: 'x'.repeat(64) }],
    ['MANAGEMENT_TOKEN', { MANAGEMENT_TOKEN: `${strong},${'x'.repeat(40)}` }],
  ])('%s is refused where it protects nobody: %j', (name, changes) => {
    expect(reading(changes)).toThrow(StartRefused);
    expect(reading(changes)).toThrow(new RegExp(`^${name}: [^\n]+$`));
    if (name === 'SESSION_SECRET') expect(reading(changes)).not.toThrow(/xxxx|change-me-change/);
  });

  it.each<[string, Environment]>([
    ['in production', { NODE_ENV: 'production' }],
    ['with an issuer on this machine, outside production', { OIDC_ISSUER: 'http://localhost:8080' }],
    [
      'with plain HTTP in development',
      { NODE_ENV: 'development', OIDC_ISSUER: 'http://keycloak:8080', PUBLIC_URL: 'http://billets.lan' },
    ],
  ])('it starts: %s', (_what, changes) => {
    expect(reading(changes)).not.toThrow();
  });
});
