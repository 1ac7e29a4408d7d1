import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from '../../../config/database-url.js';
import { HostChooser, NoUsableHost, type SessionState } from './host-chooser.js';

const primary: SessionState = { takesWrites: true, isStandby: false };
const standby: SessionState = { takesWrites: false, isStandby: true };
const frozen: SessionState = { takesWrites: false, isStandby: false };

let servers: Record<string, SessionState | 'away'>;
let asked: string[];
beforeEach(() => {
  servers = { h1: standby, h2: primary, h3: standby };
  asked = [];
});

const chooserOf = (url: string): HostChooser => {
  const { hosts, sessionKind } = parseDatabaseUrl(url);
  return new HostChooser(hosts, sessionKind, ({ host = '' }) => {
    asked.push(host);
    const state = servers[host];
    return state === 'away' || state === undefined
      ? Promise.reject(new Error(`connect ECONNREFUSED ${host}`))
      : Promise.resolve(state);
  });
};
const chosenBy = async (chooser: HostChooser) => (await chooser.choose()).host;

describe('of several hosts', () => {
  it('the one that takes writes is chosen, and asked for once', async () => {
    const chooser = chooserOf('postgres://h1,h2,h3/db');
    expect(await Promise.all([chosenBy(chooser), chosenBy(chooser)])).toEqual(['h2', 'h2']);
    expect(await chosenBy(chooser)).toBe('h2');
    expect(asked).toEqual(['h1', 'h2', 'h3']);
  });

  it('another is chosen after a failover', async () => {
    const chooser = chooserOf('postgres://h1,h2,h3/db');
    const before = await chooser.choose();
    servers = { h1: 'away', h2: 'away', h3: primary };
    chooser.forget(before);
    expect(await chosenBy(chooser)).toBe('h3');
    // Others who had failed on the former one don't unmake that.
    chooser.forget(before);
    asked = [];
    expect(await chosenBy(chooser)).toBe('h3');
    expect(asked).toEqual([]);
  });

  it.each([
    ['any', /h[123]/],
    ['read-only', /h[13]/],
    ['standby', /h[13]/],
    ['prefer-standby', /h[13]/],
    ['primary', /h2/],
  ])('one of the kind asked for is chosen: %s', async (kind, expected) => {
    expect(await chosenBy(chooserOf(`postgres://h1,h2,h3/db?target_session_attrs=${kind}`))).toMatch(
      expected,
    );
  });

  it('a primary serves where a standby is preferred and there is none', async () => {
    servers = { h1: 'away', h2: primary };
    expect(await chosenBy(chooserOf('postgres://h1,h2/db?target_session_attrs=prefer-standby'))).toBe('h2');
  });

  it('a primary that is set read-only is a primary, and takes no writes', async () => {
    servers = { h1: frozen, h2: 'away' };
    expect(await chosenBy(chooserOf('postgres://h1,h2/db?target_session_attrs=primary'))).toBe('h1');
    await expect(chooserOf('postgres://h1,h2/db').choose()).rejects.toThrow(NoUsableHost);
  });

  it('none is chosen where none can be used, it is told why of each, and the next question asks again', async () => {
    servers = { h1: standby, h2: 'away' };
    const chooser = chooserOf('postgres://h1:5432,h2:5433/db');
    await expect(chooser.choose()).rejects.toThrow(
      /h1:5432: not read-write, h2:5433: connect ECONNREFUSED h2/,
    );
    servers = { h1: primary, h2: 'away' };
    expect(await chosenBy(chooser)).toBe('h1');
  });
});

describe('one host alone', () => {
  it('is not asked before', async () => {
    expect(await chosenBy(chooserOf('postgres://h9/db'))).toBe('h9');
    expect(asked).toEqual([]);
  });
});
