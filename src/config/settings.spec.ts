import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';
import { StartRefused } from './start-refused.js';

describe('the settings', () => {
  it('have a default for everything a first run needs', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: '.data',
      logLevel: 'info',
      reportingTimeZone: 'America/Toronto',
      paper: 'letter',
      openBulletins: false,
      letterhead: { organisation: undefined, foot: undefined, logoFile: undefined },
      production: false,
    });
  });

  it('leave four digits ungrouped unless told', () => {
    expect(readSettings({}).groupFourDigits).toBe(false);
    expect(readSettings({ TICKETS_FOUR_DIGIT_GROUPING: 'true' }).groupFourDigits).toBe(true);
  });

  it.each([
    ['', undefined],
    ['10.0.0.7', ['10.0.0.7']],
    ['10.0.0.0/24, fd00::/8 loopback', ['10.0.0.0/24', 'fd00::/8', 'loopback']],
  ])('name the proxies that are believed: %j', (given, expected) => {
    expect(readSettings({ TRUST_PROXY: given }).trustedProxies).toEqual(expected);
  });

  it.each(['true', '1', '*', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', ','])(
    'refuse %j, by which anyone could say where they come from, or nobody',
    (given) => {
      expect(() => readSettings({ TRUST_PROXY: given })).toThrow(
        /^TRUST_PROXY: expected addresses or ranges/,
      );
    },
  );

  it('take an empty variable for an unset one', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
    });
  });

  it('are refused where their bytes are not UTF-8, without being shown', () => {
    const notUtf8 = () => readSettings({ DATABASE_URL: 'postgres://u:p\uFFFDss@h/d' });
    expect(notUtf8).toThrow(StartRefused);
    expect(notUtf8).toThrow(/^DATABASE_URL: expected text in UTF-8$/);
  });

  it.each([
    ['', ['api', 'projections']],
    ['api', ['api']],
    ['projections', ['projections']],
    [' projections , api', ['projections', 'api']],
    ['api,api', ['api']],
  ])('give a process its roles: %j', (given, expected) => {
    expect([...readSettings({ ROLES: given }).roles]).toEqual(expected);
  });

  it('are answered by as many processes as WORKERS says, where they are answered at all', () => {
    expect(readSettings({}).workers).toBe(1);
    expect(readSettings({ WORKERS: '4' }).workers).toBe(4);
    expect(readSettings({ WORKERS: '4', ROLES: 'projections' }).workers).toBe(1);
  });

  it.each([
    'kurrentdb://localhost:2113?tls=false',
    'kurrentdb://billets:pass%2Fword@node1:2113,node2:2113,node3:2113?tlsCAFile=/certs/ca.crt',
    'kurrentdb+discover://cluster.example:2113',
    'kurrent://node1',
    'kdb+discover://node1',
    'esdb://node1,node2',
  ])('take %s for where the events are', (url) => {
    expect(readSettings({ EVENT_STORE_URL: url }).eventStoreUrl).toBe(url);
  });

  it.each(['DATABASE_URL', 'EVENT_STORE_URL'])('never show what may be a password in %s', (name) => {
    for (const value of ['mysql://me:s3cret@host', 'kurrentdb:/me:s3cret@host', 's3cret']) {
      expect(() => readSettings({ [name]: value })).toThrow(/^(?!.*s3cret)\w+: expected [^\n]+$/);
    }
  });

  it.each([
    ['PORT', 'eighty', /^PORT: expected a port number, 0 to 65535, not "eighty"$/],
    ['PORT', '70000', /^PORT: expected a port number/],
    ['DATABASE_URL', 'mysql://x', /^DATABASE_URL: expected a URL that begins with postgres:/],
    [
      'EVENT_STORE_URL',
      'postgres://localhost/x',
      /^EVENT_STORE_URL: expected a connection string of KurrentDB/,
    ],
    ['EVENT_STORE_URL', 'KURRENTDB://x', /^EVENT_STORE_URL: expected a connection string of KurrentDB/],
    ['WORKERS', '0', /^WORKERS: expected a number of processes, 1 to 32, not "0"$/],
    ['WORKERS', '33', /^WORKERS: expected a number of processes, 1 to 32, not "33"$/],
    ['WORKERS', '1.5', /^WORKERS: expected a number of processes/],
    ['WORKERS', 'all', /^WORKERS: expected a number of processes/],
    ['ROLES', 'worker', /^ROLES: expected api or projections, or both with a comma between, not "worker"$/],
    ['ROLES', 'api,', /^ROLES: expected api or projections/],
    ['ROLES', ',', /^ROLES: expected api or projections/],
    ['ROLES', ' ', /^ROLES: expected api or projections/],
    ['ROLES', 'API', /^ROLES: expected api or projections/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL: expected one of fatal, error/],
    ['REPORTING_TIME_ZONE', 'America/Quebec-City', /^REPORTING_TIME_ZONE: expected an IANA time zone/],
    ['ORGANISATION', 'Santé\nQuébec', /^ORGANISATION: expected one line of at most 120 characters/],
    ['BULLETIN_FOOTER', 'x'.repeat(301), /^BULLETIN_FOOTER: expected one line of at most 300 characters/],
    ['BULLETINS', 'public', /^BULLETINS: expected signed-in or open, not "public"$/],
    ['PAPER', 'legal', /^PAPER: expected letter or a4, not "legal"$/],
    ['HEALTH_NUMBERS_IN_TITLES', 'mask', /^HEALTH_NUMBERS_IN_TITLES: expected refuse or warn/],
    ['TICKETS_FOUR_DIGIT_GROUPING', 'maybe', /^TICKETS_FOUR_DIGIT_GROUPING: expected true or false/],
    ['OIDC_ISSUER', 'login.example', /^OIDC_ISSUER: expected a URL/],
    ['OIDC_ISSUER', 'https://login.example', /^OIDC_AUDIENCE: missing; expected the audience/],
    [
      'RATE_LIMIT_EXPORTS',
      'many',
      /^RATE_LIMIT_EXPORTS: expected a whole number, 0 for no limit, not "many"$/,
    ],
    ['MAX_WAITING_READS', '-1', /^MAX_WAITING_READS: expected a whole number, 0 for no limit/],
    ['RATE_LIMIT_BYTES', '1.5', /^RATE_LIMIT_BYTES: expected a whole number, 0 for no limit/],
    ['MANAGEMENT_TOKEN', 'short', /^MANAGEMENT_TOKEN: expected 32 characters or more, chosen at random$/],
    ['OIDC_CLIENT_ID', 'board', /^OIDC_ISSUER: missing; people sign in/],
    ['PUBLIC_URL', 'billets.example', /^PUBLIC_URL: expected a URL/],
    ['PUBLIC_URL', 'https://billets.example/board', /^PUBLIC_URL: expected an address without a path/],
    ['SESSION_SECRET', 'short', /^SESSION_SECRET: expected 32 characters or more, chosen at random$/],
  ])('stop the start in one line that names %s=%s', (name, value, line) => {
    const start = () => readSettings({ [name]: value });
    expect(start).toThrow(StartRefused);
    expect(start).toThrow(line);
  });
});
