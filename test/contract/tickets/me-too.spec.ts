import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  ago,
  commandBodies,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  ticketOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface MeToo extends TicketBody {
  incident: { ticketId: string; title: string; status: string; people?: number };
}
interface Children {
  items: { ticketId: string; title: string; status: string }[];
  people: number;
  nextCursor: string | null;
}

let server: HostedServer;
let agent: Client;
let team: Client;
let elsewhere: Client;
let incident: string;
beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
  elsewhere = new Client(server.url, await tokenOf('mobile-team', ['MCQ']));
});
afterAll(() => server.close());
beforeEach(async () => {
  incident = await openedTicket(agent, {
    title: 'Imprimantes en panne',
    category: 'impression',
    site: undefined,
  });
});

const meToo = (body: Record<string, unknown> = {}, { by = team, of = incident } = {}) =>
  by.post<MeToo>(`/v1/tickets/${of}/me-too`, body);

describe('a new ticket under an incident', () => {
  it('is opened where the incident is, with its title, category and priority, and counts one more person', async () => {
    const { status, headers, body } = await meToo();
    expect(status).toBe(201);
    expect(headers.get('Location')).toBe(`/v1/tickets/${body.ticketId}`);
    expect(body).toMatchObject({
      ...{ establishment: 'NIM', title: 'Imprimantes en panne', category: 'impression', priority: 'P2' },
      ...{ status: 'open', revision: 2, links: [{ to: incident, relation: 'parent' }] },
      incident: { ticketId: incident, title: 'Imprimantes en panne', status: 'open', people: 2 },
    });
    expect((await meToo()).body.incident.people).toBe(3);
    // Opened and linked by one append: nobody finds one without the other.
    const [opened, linked] = await historyOf(agent, body.ticketId);
    expect(BigInt(linked!.position) - BigInt(opened!.position)).toBe(1n);
    expect([linked!.recordedAt, headers.get('Position')]).toEqual([opened!.recordedAt, linked!.position]);
  });

  it('has what its sender says of it', async () => {
    const own = { title: 'Rien ne sort', priority: 'P1', location: '3e étage', occurredAt: ago(600) };
    const requester = { name: 'Marie Roy' };
    const { body } = await meToo({ ...own, requester, ticketId: randomUUID() });
    expect(body).toMatchObject({
      ...{ title: own.title, priority: 'P1', location: own.location, requester, category: 'impression' },
      openedAt: own.occurredAt,
    });
  });

  it('is opened once by a command that is sent again, whatever became of the incident meanwhile', async () => {
    const body = { commandId: randomUUID() };
    const first = await meToo(body);
    await done(agent, incident, 'recategorize');
    await done(agent, incident, 'resolve');
    const again = await meToo(body);
    expect([first.status, again.status]).toEqual([201, 200]);
    const { incident: before, ...ticket } = first.body;
    const { incident: after, ...sameTicket } = again.body;
    expect(sameTicket).toEqual(ticket);
    expect([before.people, after.people]).toEqual([2, 2]);
  });

  it('answers an Idempotency-Key as it answers a command id', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const send = () => team.post<MeToo>(`/v1/tickets/${incident}/me-too`, {}, key);
    expect((await send()).body.ticketId).toBe((await send()).body.ticketId);
  });

  it('is refused for another body, or another incident, under the same command id', async () => {
    const commandId = randomUUID();
    await meToo({ commandId });
    expectProblem(await meToo({ commandId, title: 'Autre' }), 422, 'command-id-reused');
    const other = await openedTicket(agent);
    expectProblem(await meToo({ commandId }, { of: other }), 422, 'command-id-reused');
  });

  it('is not opened where its sender may not open one, and leaves nothing', async () => {
    expectProblem(await meToo({ establishment: 'MCQ' }), 403, 'establishment-not-yours');
    expectProblem(await meToo({ establishment: 'nulle part' }), 422, 'unknown-establishment');
    expectProblem(await meToo({ category: 'café' }), 400, 'malformed');
    expectProblem(await meToo({ occurredAt: ago(-3600) }), 422, 'occurred-in-the-future');
    expect((await agent.get<Children>(`/v1/tickets/${incident}/children`)).body).toMatchObject({
      ...{ items: [], people: 1 },
    });
  });

  it('is resolved with the incident', async () => {
    const { body } = await meToo();
    await done(agent, incident, 'resolve', { cascade: true });
    expect((await ticketOf(team, body.ticketId)).status).toBe('resolved');
  });
});

describe('a ticket that is there already', () => {
  it('is put under the incident as it is', async () => {
    const ticketId = await openedTicket(agent, { title: 'Plus d’encre' });
    const { status, body } = await meToo({ ticketId });
    expect([status, body.title, body.links]).toEqual([
      200,
      'Plus d’encre',
      [{ to: incident, relation: 'parent' }],
    ]);
    // Already so: another command for the same ticket counts nobody twice.
    expect((await meToo({ ticketId })).body).toMatchObject({ revision: 2, incident: { people: 2 } });
  });

  it('is refused where it is elsewhere, ended in another, or the incident itself', async () => {
    const foreign = await openedTicket(agent, { establishment: 'MCQ' });
    expectProblem(await meToo({ ticketId: foreign }), 404, 'ticket-not-found');
    const merged = await openedTicket(agent);
    await done(agent, merged, 'merge', { into: await openedTicket(agent) });
    expectProblem(await meToo({ ticketId: merged }), 409, 'ticket-merged');
    expectProblem(await meToo({ ticketId: incident }), 409, 'link-to-itself');
  });
});

describe('an incident', () => {
  it('is unknown to those who may not read it', async () => {
    expectProblem(await meToo({}, { by: elsewhere }), 404, 'ticket-not-found');
    expectProblem(await meToo({}, { of: randomUUID() }), 404, 'ticket-not-found');
  });

  it('that was merged is the one it lives on in', async () => {
    const survivor = await openedTicket(agent, { title: 'Serveur d’impression' });
    await done(agent, incident, 'merge', { into: survivor });
    const { body } = await meToo();
    expect(body).toMatchObject({
      title: 'Serveur d’impression',
      incident: { ticketId: survivor, people: 2 },
      links: [{ to: survivor, relation: 'parent' }],
    });
  });

  it('that was merged into one elsewhere takes nobody any more', async () => {
    const survivor = await openedTicket(agent);
    await done(agent, incident, 'merge', { into: survivor });
    await done(agent, survivor, 'transfer', commandBodies.transfer);
    expectProblem(await meToo(), 409, 'ticket-merged');
  });

  it('whose texts are erased needs a title', async () => {
    const operator = new Client(server.url, await tokenOf('operator'));
    await operator.post(`/v1/admin/tickets/${incident}/erase`, { reason: 'Demande', basis: 'Loi 25' });
    expectProblem(await meToo(), 409, 'texts-erased');
    expect((await meToo({ title: 'Rien ne sort' })).status).toBe(201);
  });

  it('lists the tickets under it page by page, those the caller may read, and counts all', async () => {
    const children: string[] = [];
    for (let count = 0; count < 3; count += 1) children.push((await meToo()).body.ticketId);
    const left = await done(agent, children[1]!, 'transfer');
    const read = async (query: string) => {
      const path = `/v1/tickets/${incident}/children?minPosition=${left.headers.get('Position')}${query}`;
      return (await team.get<Children>(path)).body;
    };
    const ids = ({ items }: Children) => items.map(({ ticketId }) => ticketId);
    const all = await read('');
    expect([ids(all), all.people, all.nextCursor]).toEqual([[children[0], children[2]], 4, null]);
    const first = await read('&limit=2');
    const second = await read(`&limit=2&cursor=${first.nextCursor}`);
    expect([ids(first), ids(second), second.nextCursor]).toEqual([[children[0]], [children[2]], null]);
    expectProblem(await elsewhere.get(`/v1/tickets/${incident}/children`), 404, 'ticket-not-found');
  });
});
