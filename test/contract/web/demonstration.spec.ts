import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer, type Server, type Simulation } from '../../../src/boot/server.js';
import { readSettings, type Settings } from '../../../src/config/settings.js';
import { PlainBrowser } from '../../support/access/session.js';
import { tokenOf } from '../../support/access/tokens.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';
import { routeTreeOf, runningRoutes } from '../../support/api/routes.js';
import { testKeys } from '../../support/keys/keys.js';

let database: TestDatabase;
let server: Server;
/** The steps that the simulation was told. */
const told: string[] = [];
const simulation: Simulation = {
  isPaused: false,
  tour: { day: '2026-05-15', bulletin: '2026-05-17' },
  pause: () => {
    told.push('pause');
    Object.assign(simulation, { isPaused: true });
  },
  resume: () => {
    told.push('resume');
    Object.assign(simulation, { isPaused: false });
  },
  stop: () => {
    told.push('stop');
    return Promise.resolve();
  },
};

const settings = (changes: Partial<Settings>): Settings => ({
  ...readSettings({}),
  ...{
    port: 0,
    databaseUrl: database.url,
    keys: testKeys(),
    logLevel: 'silent',
    noDevelopmentIssuer: undefined,
  },
  ...changes,
});
beforeAll(async () => {
  database = await createMigratedDatabase();
  server = await startServer(settings({ freshData: true }), 'process', {}, { simulation });
});
afterAll(async () => {
  await server.close();
  expect(told.at(-1)).toBe('stop');
  await database.drop();
});

const press = async (step: string, token?: string) =>
  fetch(`${server.url}/demonstration/${step}`, {
    ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams() },
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });

describe('the demonstration', () => {
  it('is paused and resumed by whoever reads the figures, and by nobody else', async () => {
    const token = await tokenOf('producer');
    for (const step of ['pause', 'resume']) {
      const { status, headers } = await press(step, token);
      expect([status, headers.get('location')]).toEqual([303, '/']);
    }
    expect(told.splice(0)).toEqual(['pause', 'resume']);
    for (const role of ['mobile-team', 'agent', 'auditor', 'operator'] as const)
      expect((await press('pause', await tokenOf(role))).status).toBe(403);
    expect((await press('pause')).status).toBe(401);
    expect(told).toEqual([]);
  });

  it('says on the board that its tickets are invented, with the button, and where to go first', async () => {
    const browser = new PlainBrowser(() => server.url);
    const { jar } = await browser.signedIn('producer');
    const page = async (path: string) => (await browser.send(jar, path)).text();
    for (const [language, running, paused] of [
      ['fr', 'des billets inventés arrivent tout seuls', 'c’est en pause'],
      ['en', 'invented tickets arrive by themselves', 'it is paused'],
    ] as const) {
      expect(await page(`/?lang=${language}`)).toMatch(
        new RegExp(`action="/demonstration/pause"[^]*${running}`),
      );
      await press('pause', await tokenOf('producer'));
      expect(await page('/')).toMatch(new RegExp(`action="/demonstration/resume"[^]*${paused}`));
      await press('resume', await tokenOf('producer'));
    }
    const board = await page('/');
    for (const path of ['/jours/2026-05-15', '/bulletins/2026-05-17', '/equipe'])
      expect(board).toContain(`href="${path}"`);
    expect(await page('/?mur')).not.toContain('demonstration');
  });

  it('has no route and no bar where a server is not the demo', async () => {
    const other = await startServer(settings({}));
    try {
      expect(
        runningRoutes(routeTreeOf(other.app)).filter(({ path }) => path.includes('demonstration')),
      ).toEqual([]);
      for (const step of ['pause', 'resume'])
        expect((await fetch(`${other.url}/demonstration/${step}`, { method: 'POST' })).status).toBe(404);
      expect(await (await fetch(other.url)).text()).not.toContain('/jours/');
    } finally {
      await other.close();
    }
    expect(
      runningRoutes(routeTreeOf(server.app)).filter(({ path }) => path.includes('demonstration')).length,
    ).toBe(2);
  });

  it('is refused beside data that is kept', async () => {
    await expect(startServer(settings({ freshData: false }), 'process', {}, { simulation })).rejects.toThrow(
      'data that begins empty',
    );
  });
});
