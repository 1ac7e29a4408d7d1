import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { Client } from '../../support/api/client.js';
import { expectProblem } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

interface DeviceKey {
  person: string;
  key: string;
  endsInMs: number;
  idleMs: number;
}

let server: HostedServer;
let browser: PlainBrowser;
beforeAll(async () => {
  server = await startHostedServer();
  browser = new PlainBrowser(() => server.url);
});
afterAll(() => server.close());

const asked = (jar: Jar, headers: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin' }) =>
  browser.send(jar, '/equipe/device-key', { headers });
const keyOf = async (jar: Jar): Promise<DeviceKey> => (await (await asked(jar)).json()) as DeviceKey;

describe('the key of what a tablet keeps', () => {
  it('is the same at each sign-in of a person, another for each person, and 256 bits', async () => {
    const [first, second, other] = [
      await keyOf((await browser.signedIn('mobile-team')).jar),
      await keyOf((await browser.signedIn('mobile-team')).jar),
      await keyOf((await browser.signedIn('agent')).jar),
    ];
    expect([first.person, other.person]).toEqual(['mobile-team', 'agent']);
    expect(second.key).toBe(first.key);
    expect(other.key).not.toBe(first.key);
    expect(Buffer.from(first.key, 'base64')).toHaveLength(32);
    expect(first.endsInMs).toBeGreaterThan(0);
    expect(first.idleMs).toBe(4 * 3_600_000);
  });

  it('is kept by no cache', async () => {
    const { jar } = await browser.signedIn('mobile-team');
    expect((await asked(jar)).headers.get('Cache-Control')).toBe('no-store');
  });

  it('is wrapped where it is kept', async () => {
    const { key } = await keyOf((await browser.signedIn('mobile-team')).jar);
    const rows = await server.database.query<{ wrapped: string }>(
      `SELECT wrapped FROM keys.ticket_keys WHERE ticket_id = 'device-store/mobile-team'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]!.wrapped).not.toContain(key);
  });

  it('is given to no token, to no other site, and to nobody without a session', async () => {
    const token = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const ours = { 'Sec-Fetch-Site': 'same-origin' };
    expectProblem(await token.get('/equipe/device-key', ours), 401, 'unauthenticated');
    const { jar } = await browser.signedIn('mobile-team');
    for (const site of ['cross-site', 'same-site', 'none'])
      expect((await asked(jar, { 'Sec-Fetch-Site': site })).status).toBe(401);
    expect((await asked(new Map())).status).toBe(401);
  });

  it('is not given once the session is over', async () => {
    const { jar } = await browser.signedIn('mobile-team');
    await server.database.query('DELETE FROM access.sessions');
    expect((await asked(jar)).status).toBe(401);
  });
});
