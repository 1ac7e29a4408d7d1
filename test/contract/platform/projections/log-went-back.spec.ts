import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../../src/config/settings.js';
import { startServer, type Server } from '../../../../src/boot/server.js';
import { Client, clientOf } from '../../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  opening,
  type TicketBody,
} from '../../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';
import { Listener } from '../../../support/api/live.js';
import { backUp, cutTail } from '../../../support/log/log-history.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { tokenOf } from '../../../support/access/tokens.js';
import { testMasterKey } from '../../../support/keys/master-key.js';

interface Changes {
  full: boolean;
  items: TicketBody[];
  cursor: string;
  more: boolean;
}
interface Health {
  status: string;
  projections: Record<string, { position: string; status: string; error?: string }>;
}

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

class Bed {
  server!: Server;
  agent!: Client;
  team!: Client;
  private constructor(private readonly where: { databaseUrl: string } | { dataDir: string }) {}

  static async withDatabase(): Promise<{ bed: Bed; database: TestDatabase }> {
    const database = await createDatabase();
    undo.push(() => database.drop());
    return { bed: await Bed.at({ databaseUrl: database.url }), database };
  }

  static async at(where: Bed['where']): Promise<Bed> {
    const bed = new Bed(where);
    await bed.begin();
    return bed;
  }

  async begin(): Promise<void> {
    this.server = await startServer({
      ...readSettings({ MASTER_KEY: testMasterKey }),
      ...{ port: 0, logLevel: 'silent', ...this.where },
    });
    undo.push(() => this.stop());
    this.agent = await clientOf(this.server);
    this.team = new Client(this.server.url, await tokenOf('mobile-team', ['NIM']));
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = { ...server, close: () => Promise.resolve() };
    await server.close();
  }

  open(title: string): Promise<string> {
    return openedTicket(this.agent, { title });
  }

  async end(): Promise<string> {
    return (await this.agent.post<{ position: string }>('/v1/sync', { deviceId: 'd', commands: [] })).body
      .position;
  }

  /** All pages of changes from a cursor on, as a tablet pulls them; titles in alphabetical order. */
  async changes(cursor?: string): Promise<{ full: boolean; titles: string[]; cursor: string }> {
    const titles: string[] = [];
    let full: boolean | undefined;
    for (;;) {
      const from = cursor === undefined ? '' : `&cursor=${cursor}`;
      const { body } = await this.team.get<Changes>(
        `/v1/sync/changes?minPosition=${await this.end()}${from}`,
      );
      full ??= body.full;
      titles.push(...body.items.map(({ title }) => title));
      ({ cursor } = body);
      if (!body.more) return { full, titles: titles.sort(), cursor };
    }
  }

  async live(lastEventId?: string): Promise<Listener> {
    const listener = await Listener.open(
      this.agent,
      lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
    );
    undo.push(() => {
      listener.leave();
      return Promise.resolve();
    });
    return listener;
  }

  async ready(): Promise<Health> {
    return (await this.agent.get<Health>('/health/ready')).body;
  }

  /** Waits until every served projection has reached the end of the log. */
  async caughtUp(): Promise<void> {
    const position = await this.end();
    for (;;) {
      const { status, projections } = await this.ready();
      const positions = Object.values(projections).map((projection) => projection.position);
      if (status === 'ok' && positions.every((reached) => reached === position)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async titles(): Promise<string[]> {
    const { body } = await this.agent.get<{ items: TicketBody[] }>(
      `/v1/tickets?minPosition=${await this.end()}`,
    );
    return body.items.map(({ title }) => title).sort();
  }
}

const resync = (listener: Listener) => listener.news.filter(({ event }) => event === 'resync');

describe('a database that was restored from a backup', () => {
  /** Two tickets are in the backup; a tablet and a listener have received two more, which the restore loses. */
  const restored = async () => {
    const { bed, database } = await Bed.withDatabase();
    await bed.open('un');
    await bed.open('deux');
    await bed.caughtUp();
    const early = (await bed.changes()).cursor;
    await bed.stop();
    const backup = await backUp(database);
    await bed.begin();
    await bed.open('perdu 1');
    const { cursor } = await bed.changes();
    const live = await bed.live();
    await bed.open('perdu 2');
    await live.next(1);
    const late = (await bed.changes()).cursor;
    await bed.stop();
    await backup.restore();
    await bed.begin();
    return { bed, early, cursor, late, lastId: live.lastId };
  };

  it('starts over in full for a tablet whose cursor is beyond the end of the log', async () => {
    const { bed, cursor, late, early } = await restored();
    for (const lost of [cursor, late]) {
      expect(await bed.changes(lost)).toMatchObject({ full: true, titles: ['deux', 'un'] });
    }
    // The early cursor is from before the backup: nothing it covers is lost.
    expect(await bed.changes(early)).toMatchObject({ full: false, titles: [] });
  });

  it('starts over in full also once other events have taken the positions of the lost ones', async () => {
    const { bed, cursor, late, early } = await restored();
    for (const title of ['trois', 'quatre', 'cinq']) await bed.open(title);
    const all = ['cinq', 'deux', 'quatre', 'trois', 'un'];
    for (const lost of [cursor, late]) {
      const anew = await bed.changes(lost);
      expect(anew).toMatchObject({ full: true, titles: all });
      expect(await bed.changes(anew.cursor)).toMatchObject({ full: false, titles: [] });
    }
    expect(await bed.changes(early)).toMatchObject({ full: false, titles: ['cinq', 'quatre', 'trois'] });
  });

  it('sends a resync to those who listened, before and after the log has grown again', async () => {
    const { bed, lastId } = await restored();
    const before = await bed.live(lastId);
    await before.until(() => resync(before).length === 1);
    for (const title of ['trois', 'quatre', 'cinq']) await bed.open(title);
    expect((await before.next(4)).map(({ event }) => event)).toEqual([
      'resync',
      'ticket',
      'ticket',
      'ticket',
    ]);
    const after = await bed.live(lastId);
    await after.until(() => resync(after).length === 1);
    // From the position of the resync, a listener resumes without loss and without another resync.
    const id = after.lastId;
    after.leave();
    await bed.open('six');
    const resumed = await bed.live(id);
    expect((await resumed.next(1))[0]).toMatchObject({ event: 'ticket', data: { type: 'TicketOpened' } });
    const whole = await bed.live('0');
    await whole.next(6);
    expect([resync(resumed), resync(whole)]).toEqual([[], []]);
  });
});

describe('a database whose files were restored from a copy', () => {
  it('sends a resync to those who listened, also once the log has grown again', async () => {
    const folder = await temporaryFolder();
    undo.push(() => folder.remove());
    const [dataDir, backup] = [join(folder.path, 'data'), join(folder.path, 'backup')];
    const bed = await Bed.at({ dataDir });
    await bed.open('un');
    await bed.stop();
    await promisify(execFile)('cp', ['-a', join(dataDir, 'postgres'), backup]);
    await bed.begin();
    const live = await bed.live();
    await bed.open('perdu');
    await live.next(1);
    await bed.stop();
    await rm(join(dataDir, 'postgres'), { recursive: true });
    // -a keeps owners, rights and times, as restore tools do.
    await promisify(execFile)('cp', ['-a', backup, join(dataDir, 'postgres')]);
    await bed.begin();
    for (const title of ['deux', 'trois']) await bed.open(title);
    const after = await bed.live(live.lastId);
    await after.until(() => resync(after).length === 1);
    // An ordinary restart causes no resync.
    const id = after.lastId;
    await bed.stop();
    await bed.begin();
    const resumed = await bed.live(id);
    await bed.open('quatre');
    await resumed.next(1);
    expect(resync(resumed)).toEqual([]);
  });
});

describe('a log that lost its end while no server ran', () => {
  it('has its read models rebuilt at the start, and starts over in full for tablets', async () => {
    const { bed, database } = await Bed.withDatabase();
    await bed.open('un');
    await bed.open('perdu 1');
    await bed.open('perdu 2');
    const { cursor } = await bed.changes();
    await bed.caughtUp();
    await bed.stop();
    await cutTail(database, 1);
    await bed.begin();
    await bed.caughtUp();
    expect(await bed.titles()).toEqual(['un']);
    expect(await bed.changes(cursor)).toMatchObject({ full: true, titles: ['un'] });
    for (const title of ['deux', 'trois', 'quatre']) await bed.open(title);
    expect(await bed.titles()).toEqual(['deux', 'quatre', 'trois', 'un']);
    expect(await bed.changes(cursor)).toMatchObject({ full: true });
  });
});

describe('a log that loses its end while a server runs', () => {
  it('is detected: reads show the log as it is, and positions beyond its end are answered 503', async () => {
    const { bed, database } = await Bed.withDatabase();
    await bed.open('un');
    await bed.open('perdu 1');
    await bed.open('perdu 2');
    const { cursor } = await bed.changes();
    const lost = await bed.end();
    const live = await bed.live();
    await bed.caughtUp();
    await cutTail(database, 1);
    const producer = new Client(bed.server.url, await tokenOf('producer', ['*']));
    const answers = await Promise.all([
      bed.agent.send('GET', `/v1/tickets?minPosition=${lost}`, undefined),
      bed.agent.send('GET', `/v1/tickets?q=perdu&minPosition=${lost}`, undefined),
      bed.team.send('GET', `/v1/sync/changes?minPosition=${lost}`, undefined),
      producer.send('GET', `/v1/billets-quotidiens/2026-05-15?minPosition=${lost}`, undefined),
      producer.send('GET', `/v1/backlog?at=2026-01-01T00:00:00Z&minPosition=${lost}`, undefined),
    ]);
    for (const answer of answers) expectProblem(answer, 503, 'position-not-reached');
    const known = await producer.get(`/v1/billets-quotidiens/2026-05-15?asOfPosition=${lost}`);
    expectProblem(known, 422, 'not-known-yet');
    await live.until(() => live.ended);
    await bed.caughtUp();
    expect(await bed.titles()).toEqual(['un']);
    expect(await bed.changes(cursor)).toMatchObject({ full: true, titles: ['un'] });
    const resumed = await bed.live(live.lastId);
    await resumed.until(() => resync(resumed).length === 1);
  });

  it('is detected also where the log has grown beyond the last position read', async () => {
    const { bed, database } = await Bed.withDatabase();
    await bed.open('un');
    const perdu = await bed.open('perdu');
    const { cursor } = await bed.changes();
    const live = await bed.live();
    await bed.caughtUp();
    await cutTail(database, 1);
    const others = Array.from({ length: 20 }, (_, index) => `autre ${String(index + 1).padStart(2, '0')}`);
    const commands = others.map((title) => ({ type: 'open', ...opening({ title }) }));
    await bed.agent.post('/v1/sync', { deviceId: 'd', commands });
    await live.until(() => live.ended);
    await bed.caughtUp();
    const all = [...others, 'un'];
    expect(await bed.titles()).toEqual(all);
    expect(await bed.changes(cursor)).toMatchObject({ full: true, titles: all });
    expect(live.news.map(({ data }) => data.position)).toEqual([]);
    const resumed = await bed.live(live.lastId);
    await resumed.until(() => resync(resumed).length === 1);
    expectProblem(await bed.agent.get(`/v1/tickets/${perdu}`), 404, 'ticket-not-found');
    await done(bed.agent, await bed.open('suite'), 'start');
    await bed.caughtUp();
  });
});
