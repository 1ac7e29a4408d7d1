import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseDatabaseUrl } from '../../../config/database-url.js';
import { HostChooser, NoUsableHost, type SessionState } from './host-chooser.js';

const primary: SessionState = { takesWrites: true, isStandby: false };
const standby: SessionState = { takesWrites: false, isStandby: true };
const frozen: SessionState = { takesWrites: false, isStandby: false };

let servers: Record<string, SessionState | 'away'>;
let probed: string[];
beforeEach(() => {
  servers = { h1: standby, h2: primary, h3: standby };
  probed = [];
});

const chooserOf = (url: string): HostChooser => {
  const { hosts, sessionKind } = parseDatabaseUrl(url);
  return new HostChooser(hosts, sessionKind, ({ host = '' }) => {
    probed.push(host);
    const state = servers[host];
    return state === 'away' || state === undefined
      ? Promise.reject(new Error(`connect ECONNREFUSED ${host}`))
      : Promise.resolve(state);
  });
};
const chosenBy = async (chooser: HostChooser) => (await chooser.choose()).host;

describe('among several hosts', () => {
  it('the host that takes writes is chosen, and each host is probed once', async () => {
    const chooser = chooserOf('postgres://h1,h2,h3/db');
    expect(await Promise.all([chosenBy(chooser), chosenBy(chooser)])).toEqual(['h2', 'h2']);
    expect(await chosenBy(chooser)).toBe('h2');
    expect(probed).toEqual(['h1', 'h2', 'h3']);
  });

  it('the new primary is chosen after a failover', async () => {
    const chooser = chooserOf('postgres://h1,h2,h3/db');
    const before = await chooser.choose();
    servers = { h1: 'away', h2: 'away', h3: primary };
    chooser.forget(before);
    expect(await chosenBy(chooser)).toBe('h3');
    // A connection that failed late on the former host does not undo the new choice.
    chooser.forget(before);
    probed = [];
    expect(await chosenBy(chooser)).toBe('h3');
    expect(probed).toEqual([]);
  });

  it.each([
    ['any', /h[123]/],
    ['read-only', /h[13]/],
    ['standby', /h[13]/],
    ['prefer-standby', /h[13]/],
    ['primary', /h2/],
  ])('a host of the kind that target_session_attrs names is chosen: %s', async (kind, expected) => {
    expect(await chosenBy(chooserOf(`postgres://h1,h2,h3/db?target_session_attrs=${kind}`))).toMatch(
      expected,
    );
  });

  it('the primary is chosen where a standby is preferred and there is none', async () => {
    servers = { h1: 'away', h2: primary };
    expect(await chosenBy(chooserOf('postgres://h1,h2/db?target_session_attrs=prefer-standby'))).toBe('h2');
  });

  it('a primary that is set read-only counts as a primary, and as taking no writes', async () => {
    servers = { h1: frozen, h2: 'away' };
    expect(await chosenBy(chooserOf('postgres://h1,h2/db?target_session_attrs=primary'))).toBe('h1');
    await expect(chooserOf('postgres://h1,h2/db').choose()).rejects.toThrow(NoUsableHost);
  });

  it('no host is chosen where none can be used: the error says why for each, and the next choice probes again', async () => {
    servers = { h1: standby, h2: 'away' };
    const chooser = chooserOf('postgres://h1:5432,h2:5433/db');
    await expect(chooser.choose()).rejects.toThrow(
      /h1:5432: not read-write, h2:5433: connect ECONNREFUSED h2/,
    );
    servers = { h1: primary, h2: 'away' };
    expect(await chosenBy(chooser)).toBe('h1');
  });
});

describe('a single host', () => {
  it('is chosen without being probed', async () => {
    expect(await chosenBy(chooserOf('postgres://h9/db'))).toBe('h9');
    expect(probed).toEqual([]);
  });
});
