import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, codeOf, type Answer } from '../support/api/client.js';
import {
  commandBodies,
  commandNames,
  historyOf,
  naming,
  openedTicket,
  opening,
  type CommandName,
  type SyncBody,
  type TicketBody,
} from '../support/api/contract.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { NaiveFigures } from '../support/figures/naive-figures.js';
import { readTicketLog, replay, ticketIdOf, type ReplayedEvent } from '../support/log/replayed-log.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { seeded } from '../support/tickets/ticket-histories.js';
import { tokenOf } from '../support/access/tokens.js';
import { budgeted } from '../support/budget.js';

/** INTERLEAVING_SEED=… repeats the requests of each participant; their order of arrival still varies. */
const seed = Number(process.env.INTERLEAVING_SEED ?? randomInt(2 ** 32));

let folder: TemporaryFolder;
let server: HostedServer;
let agent: Client;
beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startHostedServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
  agent = await clientOf(server);
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

type Json = Record<string, unknown>;

const open = () => openedTicket(agent, { establishment: 'ILES' });
const several = (count: number) => Promise.all(Array.from({ length: count }, open));

/** A participant who sends one request after the other, about a few tickets that others work on too. */
class Participant {
  readonly answers: { request: string; answer: Answer<unknown> }[] = [];
  /** Bodies of the notes that were accepted. */
  readonly notes: string[] = [];
  private readonly tags = new Map<string, string>();

  constructor(
    private readonly client: Client,
    private readonly tickets: readonly string[],
    private readonly random: () => number,
  ) {}

  async asAgent(requests: number): Promise<void> {
    for (let left = requests; left > 0; left -= 1) {
      if (this.random() < 0.15) await this.bulk();
      else if (this.random() < 0.15) await this.read();
      else await this.alone();
    }
  }

  /** Sends batches, three in ten of them twice at the same moment, as a device does whose answer was lost. */
  async asDevice(requests: number): Promise<void> {
    for (let left = requests; left > 0; left -= 1) {
      const commands = Array.from({ length: 1 + Math.floor(this.random() * 5) }, () => {
        const { name, ticketId, body } = this.next();
        const occurredAt = new Date(Date.now() - this.random() * 2_000).toISOString();
        return { ...body, type: name, commandId: randomUUID(), ticketId, occurredAt };
      });
      const batch = { deviceId: 'tablette', sentAt: new Date().toISOString(), commands };
      const send = () => this.keepAnswer('sync', this.client.post<SyncBody>('/v1/sync', batch));
      const [first, again] = await Promise.all(this.random() < 0.3 ? [send(), send()] : [send()]);
      commands.forEach((command, index) => {
        const statuses = [first, again].map((answer) => answer?.body.results[index]?.status);
        if (statuses.includes('applied')) this.keepNote(command);
      });
    }
  }

  private async alone(): Promise<void> {
    const { name, ticketId, body } = this.next();
    const tag = this.tags.get(ticketId);
    const headers = {
      ...(tag !== undefined && this.random() < 0.4 ? { 'If-Match': tag } : {}),
      ...(this.random() < 0.4 ? { 'Idempotency-Key': randomUUID() } : {}),
    };
    const sent = 'Idempotency-Key' in headers ? body : { ...body, commandId: randomUUID() };
    const path = `/v1/tickets/${ticketId}/${name}`;
    const send = () => this.keepAnswer(name, this.client.post<TicketBody>(path, sent, headers));
    const answers = await Promise.all(this.random() < 0.2 ? [send(), send()] : [send()]);
    for (const { status, headers: answered } of answers) {
      if (status === 200) this.tags.set(ticketId, answered.get('ETag')!);
    }
    if (answers.some(({ status }) => status === 200)) this.keepNote(sent);
  }

  private async bulk(): Promise<void> {
    const [into, ...ticketIds] = [this.ticket(), this.ticket(), this.ticket()];
    const fields = this.oneOf<Json>([
      { type: 'assign', ...commandBodies.assign },
      { type: 'recategorize', ...commandBodies.recategorize },
      { type: 'resolve', ...commandBodies.resolve },
      { type: 'merge', into },
    ]);
    await this.keepAnswer('bulk', this.client.post('/v1/tickets/bulk', { ...fields, ticketIds }));
  }

  private async read(): Promise<void> {
    const ticketId = this.ticket();
    const { headers } = await this.keepAnswer('read', this.client.get(`/v1/tickets/${ticketId}`));
    this.tags.set(ticketId, headers.get('ETag')!);
  }

  private next(): { name: CommandName; ticketId: string; body: Json } {
    // A merge ends a ticket for good, so it is rare: otherwise no ticket would be left to work on.
    const usual = commandNames.filter((name) => name !== 'merge');
    const name = this.random() < 0.03 ? 'merge' : this.oneOf(usual);
    const ticketId = this.ticket();
    const varied: Partial<Record<CommandName, Json>> = {
      note: { body: `Vu, ${randomUUID()}` },
      transfer: { establishment: this.oneOf(Object.keys(fiveZones)) },
      assign: { team: this.oneOf([null, 'mobile-01', 'mobile-02']) },
      reprioritize: { priority: this.oneOf(['P1', 'P2', 'P3']) },
    };
    return {
      name,
      ticketId,
      body: { ...commandBodies[name], ...naming(name, this.ticket()), ...varied[name] },
    };
  }

  private keepNote({ body }: Json): void {
    if (typeof body === 'string') this.notes.push(body);
  }

  private async keepAnswer<Body>(request: string, answered: Promise<Answer<Body>>): Promise<Answer<Body>> {
    const answer = await answered;
    this.answers.push({ request, answer });
    return answer;
  }

  private ticket(): string {
    return this.oneOf(this.tickets);
  }

  private oneOf<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)]!;
  }
}

describe(`agents and devices on the same tickets, with INTERLEAVING_SEED=${seed}`, () => {
  const participants: Participant[] = [];
  let tickets: string[];
  let log: ReplayedEvent[];
  let naive: NaiveFigures;
  let notAllowed: string[];

  beforeAll(async () => {
    tickets = [];
    const device = new Client(server.url, await tokenOf('agent'));
    for (let round = 0; round < 6; round += 1) {
      const few = await several(6);
      tickets.push(...few);
      const group = Array.from(
        { length: 12 },
        (_, index) => new Participant(index < 6 ? agent : device, few, seeded(seed + round * 100 + index)),
      );
      participants.push(...group);
      await Promise.all(
        group.map((participant, index) => (index < 6 ? participant.asAgent(30) : participant.asDevice(15))),
      );
    }
    log = (await readTicketLog(server.database)).filter((event) => tickets.includes(ticketIdOf(event)));
    ({ naive, mistakes: notAllowed } = replay(log, fiveZones));
  });

  it('are never answered with a server error', () => {
    const met = new Set(
      participants.flatMap(({ answers }) =>
        answers.map(({ request, answer }) =>
          answer.status < 400 ? 'done' : `${request} ${answer.status} ${codeOf(answer.body)}`,
        ),
      ),
    );
    const refusal = / (409 (superseded|(ticket|transition|merge|link)-\S+)|412 version-mismatch)$/;
    expect([...met].filter((outcome) => outcome !== 'done' && !refusal.test(outcome))).toEqual([]);
    expect(met.size).toBeGreaterThan(5);
  });

  it('never bring a ticket into a state that the rules forbid', () => {
    expect(log.length).toBeGreaterThan(300);
    expect(notAllowed).toEqual([]);
  });

  it('lose no note, and write none twice', async () => {
    // The log itself has them encrypted.
    const histories = await Promise.all(tickets.map((ticketId) => historyOf(agent, ticketId)));
    const written = histories.flatMap((items) =>
      items.flatMap(({ type, data }) => (type === 'NoteAdded' ? [data.body as string] : [])),
    );
    const taken = participants.flatMap(({ notes }) => notes);
    expect(taken.length).toBeGreaterThan(20);
    expect(written.sort()).toEqual(taken.sort());
  });

  it('leave tickets that are the same in the list and read alone', async () => {
    const minPosition = String(log.at(-1)!.position);
    const { body } = await agent.get<{ items: TicketBody[] }>(
      `/v1/tickets?limit=500&minPosition=${minPosition}`,
    );
    const listed = new Map(body.items.map((item) => [item.ticketId, item]));
    for (const ticketId of tickets) {
      const { body: ticket } = await agent.get<TicketBody>(`/v1/tickets/${ticketId}`);
      const { status, revision } = naive.standingOf(ticketId)!;
      expect(ticket).toMatchObject({ ticketId, status, revision });
      expect(listed.get(ticketId)).toEqual(ticket);
    }
  });
});

const rounds = budgeted(12);

describe('concurrent agents on the same ticket', () => {
  const resolve = { type: 'resolve', ...commandBodies.resolve };
  const resolutionsOf = async (ticketId: string) =>
    (await historyOf(agent, ticketId)).filter(({ type }) => type === 'TicketResolved');

  it('resolve it once: one result is applied, the other unchanged', async () => {
    for (const ticketId of await several(rounds)) {
      const ways = [
        () => agent.post<SyncBody>('/v1/tickets/bulk', { ...resolve, ticketIds: [ticketId] }),
        () =>
          agent.post<SyncBody>('/v1/sync', {
            deviceId: 'd',
            commands: [{ ...resolve, ticketId, commandId: randomUUID() }],
          }),
      ];
      const answers = await Promise.all(ways.map((send) => send()));
      const statuses = answers.map(({ body }) => body.results[0]?.status);
      expect(statuses.sort()).toEqual(['applied', 'unchanged']);
      expect(await resolutionsOf(ticketId)).toHaveLength(1);
    }
  });

  it('resolve it once through its own route, with the same answer for both', async () => {
    for (const ticketId of await several(rounds)) {
      const send = () => agent.post<TicketBody>(`/v1/tickets/${ticketId}/resolve`, commandBodies.resolve);
      const answers = await Promise.all([send(), send()]);
      expect(answers.map(({ status, body }) => [status, body.status, body.revision])).toEqual([
        [200, 'resolved', 2],
        [200, 'resolved', 2],
      ]);
      expect(await resolutionsOf(ticketId)).toHaveLength(1);
    }
  });

  it('that send the same If-Match get one success and one 412', async () => {
    for (const ticketId of await several(rounds)) {
      const send = () =>
        agent.post(`/v1/tickets/${ticketId}/resolve`, commandBodies.resolve, { 'If-Match': '"1"' });
      const answers = await Promise.all([send(), send()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      expect(await resolutionsOf(ticketId)).toHaveLength(1);
    }
  });

  it('lose no note, also those sent with If-Match and repeated after 412', async () => {
    const ticketId = await open();
    const path = `/v1/tickets/${ticketId}`;
    const writeWithTag = async (body: string): Promise<void> => {
      for (;;) {
        const tag = (await agent.get(path)).headers.get('ETag')!;
        const { status } = await agent.post(`${path}/note`, { body }, { 'If-Match': tag });
        if (status === 200) return;
        expect(status).toBe(412);
      }
    };
    const write = async (body: string) => {
      expect((await agent.post(`${path}/note`, { body })).status).toBe(200);
    };
    const bodies = Array.from({ length: 40 }, (_, index) => `note ${index}`);
    await Promise.all(bodies.map((body, index) => (index % 4 === 0 ? writeWithTag(body) : write(body))));
    const recorded = (await historyOf(agent, ticketId)).slice(1).map(({ data }) => data.body);
    expect(recorded.sort()).toEqual([...bodies].sort());
  });

  it('open it once under the same Idempotency-Key', async () => {
    const body = { ...opening({ establishment: 'ILES' }), commandId: undefined };
    const headers = { 'Idempotency-Key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => agent.post<TicketBody>('/v1/tickets', body, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map((answer) => answer.body.ticketId)).size).toBe(1);
  });
});
