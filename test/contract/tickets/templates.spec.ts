import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Role } from '../../../src/access/permissions.js';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { tokenOfPerson } from '../../support/access/tokens.js';
import { Client, clientOf, codeOf, type Answer } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  historyOf,
  openedTicket,
  pointersOf,
  ticketOf,
  type SyncResult,
} from '../../support/api/contract.js';
import { budgeted } from '../../support/budget.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Template {
  id: string;
  name: string;
  commands: Record<string, unknown>[];
  text: string | null;
  mine: boolean;
  revision: number;
}
interface Applied extends SyncResult {
  commands: SyncResult[];
}
interface Application {
  commandId: string;
  position: string;
  results: Applied[];
}

let server: HostedServer;
let all: Client;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
});
afterAll(() => server.close());

const named = async (
  subject: string,
  establishments: readonly string[],
  role: Role | readonly Role[] = 'agent',
): Promise<Client> => new Client(server.url, await tokenOfPerson(subject, role, establishments));
const person = (establishments: readonly string[] = ['NIM'], role: Role = 'agent'): Promise<Client> =>
  named(`person-${randomUUID()}`, establishments, role);

const relaunched = {
  name: 'Relancé',
  commands: [
    { type: 'start' },
    { type: 'resolve', resolution: { code: 'fixed', note: 'Service relancé pour {{reference}}.' } },
  ],
};
const put = (
  by: Client,
  template: object = relaunched,
  id: string = randomUUID(),
  headers: Record<string, string> = {},
): Promise<Answer<Template>> => by.send<Template>('PUT', `/v1/templates/${id}`, template, headers);
const saved = async (by: Client, template: object = relaunched): Promise<string> => {
  const { status, body } = await put(by, template);
  expect([status, codeOf(body)]).toEqual([201, undefined]);
  return body.id;
};
const apply = (by: Client, id: string, body: object): Promise<Answer<Application>> =>
  by.post<Application>(`/v1/templates/${id}/apply`, body);
const applied = async (by: Client, id: string, body: object): Promise<Application> => {
  const answer = await apply(by, id, body);
  expect([answer.status, codeOf(answer.body)]).toEqual([200, undefined]);
  return answer.body;
};
const statusesOf = ({ results }: Application) =>
  results.map(({ status, commands }) => [status, ...commands.map((command) => command.status)]);
const typesOf = async (ticketId: string) => (await historyOf(all, ticketId)).map(({ type }) => type);

describe('saving a template', () => {
  it('creates it, gives it as it was saved, and again changes nothing', async () => {
    const me = await person();
    const id = randomUUID();
    const template = { ...relaunched, team: 'mobile-nim-03', text: 'Bonjour, ici {{me}}.' };
    const created = await put(me, template, id);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ id, ...template, shared: 'team', mine: true, revision: 1 });
    expect(created.headers.get('ETag')).toBe('"1"');
    expect((await me.get(`/v1/templates/${id}`)).body).toEqual(created.body);
    const again = await put(me, template, id);
    expect([again.status, again.body.revision]).toEqual([200, 1]);
    const replaced = await put(me, relaunched, id, { 'If-Match': '"1"' });
    expect([replaced.status, replaced.body.revision, replaced.body.text]).toEqual([200, 2, null]);
    expectProblem(await put(me, template, id, { 'If-Match': '"1"' }), 412, 'version-mismatch');
    expect((await me.send('DELETE', `/v1/templates/${id}`, undefined)).body).toEqual({ id, deleted: true });
    expectProblem(await me.get(`/v1/templates/${id}`), 404, 'template-not-found');
  });

  const note = (body: string) => ({ name: 'x', commands: [{ type: 'note', body }] });
  it.each<[string, object, string]>([
    ['neither commands nor a text', { name: 'x' }, '/commands'],
    ['a long name', { ...relaunched, name: 'x'.repeat(121) }, '/name'],
    ['an opening', { name: 'x', commands: [{ type: 'open' }] }, '/commands/0/type'],
    ['a merge', { name: 'x', commands: [{ type: 'merge', into: randomUUID() }] }, '/commands/0/type'],
    [
      'the id of a command',
      { name: 'x', commands: [{ type: 'start', commandId: randomUUID() }] },
      '/commands/0/commandId',
    ],
    [
      'a ticket',
      { name: 'x', commands: [{ type: 'start', ticketId: randomUUID() }] },
      '/commands/0/ticketId',
    ],
    [
      'a time',
      { name: 'x', commands: [{ type: 'start', occurredAt: '2026-05-15T12:00:00Z' }] },
      '/commands/0/occurredAt',
    ],
    ['an assignment to nobody named', { name: 'x', commands: [{ type: 'assign' }] }, '/commands/0'],
    ['a resolution without a note', { name: 'x', commands: [{ type: 'resolve' }] }, '/commands/0/resolution'],
    ['too many commands', { name: 'x', commands: Array(11).fill({ type: 'start' }) }, '/commands'],
    ['an unknown placeholder', note('Bonjour {{nom}}'), '/commands/0/body'],
    ['a placeholder in capitals', note('{{Title}}'), '/commands/0/body'],
    ['an unknown placeholder in its text', { name: 'x', text: '{{status}}' }, '/text'],
    ['its text within itself', { name: 'x', text: '{{text}}' }, '/text'],
    ['a text that is not there', note('{{text}}'), '/commands/0/body'],
    [
      'a title where names stand in plain',
      { name: 'x', commands: [{ type: 'assign', assignee: '{{title}}' }] },
      '/commands/0/assignee',
    ],
    [
      'a placeholder for a team',
      { name: 'x', commands: [{ type: 'assign', team: '{{me}}' }] },
      '/commands/0/team',
    ],
    ['an unknown field', { ...relaunched, colour: 'red' }, '/colour'],
  ])('with %s is refused', async (_, template, pointer) => {
    const problem = expectProblem(await put(await person(), template), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('with a health insurance number is refused, wherever it stands', async () => {
    const number = 'TREM 8451 1234';
    const template = {
      name: number,
      text: number,
      commands: [{ type: 'resolve', resolution: { code: 'fixed', note: number } }],
    };
    const problem = expectProblem(await put(await person(), template), 422, 'health-number-refused');
    expect(pointersOf(problem).sort()).toEqual(['/commands/0/resolution/note', '/name', '/text']);
  });

  it('with a place that is none, or not one’s own, is refused', async () => {
    const me = await person();
    const transfer = (place: object) => ({ name: 'x', commands: [{ type: 'transfer', ...place }] });
    const unknown = await put(me, transfer({ establishment: 'Nulle part' }));
    expect(pointersOf(expectProblem(unknown, 422, 'unknown-establishment'))).toEqual([
      '/commands/0/establishment',
    ]);
    expect((await put(me, transfer({ establishment: 'MCQ' }))).status).toBe(201);
    const foreign = await put(me, { ...relaunched, establishment: 'MCQ' });
    expect(pointersOf(expectProblem(foreign, 403, 'establishment-not-yours'))).toEqual(['/establishment']);
  });

  it('is for agents, and for at most a hundred templates each', async () => {
    expectProblem(await put(await person(['NIM'], 'mobile-team')), 403, 'role-not-allowed');
    const me = await person();
    for (let at = 0; at < 100; at += 1) expect((await put(me)).status).toBe(201);
    expect(expectProblem(await put(me), 409, 'too-many-templates').limit).toBe(100);
  });
});

describe('a template', () => {
  const seenBy = async (reader: Client, id: string): Promise<boolean> => {
    const { body } = await reader.get<{ items: Template[] }>('/v1/templates?limit=500');
    const found = body.items.some((template) => template.id === id);
    expect((await reader.get(`/v1/templates/${id}`)).status).toBe(found ? 200 : 404);
    const { status } = await apply(reader, id, { ticketIds: [randomUUID()] });
    expect(status).toBe(found ? 200 : 404);
    return found;
  };

  it('is for agents and mobile teams who read every establishment of its author’s, or the one it is for', async () => {
    const author = await person(['NIM', 'MCQ']);
    const [everywhere, atOne] = [
      await saved(author),
      await saved(author, { ...relaunched, establishment: 'NIM' }),
    ];
    const [both, one, other] = [
      await person(['MCQ', 'NIM'], 'mobile-team'),
      await person(['NIM'], 'mobile-team'),
      await person(['MCQ']),
    ];
    expect([await seenBy(both, everywhere), await seenBy(both, atOne)]).toEqual([true, true]);
    expect([await seenBy(one, everywhere), await seenBy(one, atOne)]).toEqual([false, true]);
    expect([await seenBy(other, everywhere), await seenBy(other, atOne)]).toEqual([false, false]);
  });

  it('that is not shared does not exist for others; a shared one is changed by its author only', async () => {
    const [author, colleague] = [await person(), await person()];
    const hidden = await saved(author, { ...relaunched, shared: 'me' });
    expect(await seenBy(colleague, hidden)).toBe(false);
    expectProblem(await put(colleague, relaunched, hidden), 404, 'template-not-found');
    expectProblem(
      await colleague.send('DELETE', `/v1/templates/${hidden}`, undefined),
      404,
      'template-not-found',
    );
    const shared = await saved(author);
    expectProblem(await put(colleague, relaunched, shared), 403, 'not-the-author');
    expectProblem(
      await colleague.send('DELETE', `/v1/templates/${shared}`, undefined),
      403,
      'not-the-author',
    );
  });
});

describe('a preview', () => {
  it('fills the texts for a ticket, and changes nothing', async () => {
    const subject = `person-${randomUUID()}`;
    const me = await named(subject, ['NIM']);
    const id = await saved(me, {
      name: 'x',
      text: '{{reference}} «{{title}}», {{establishment}}: {{ assignee }} ({{team}}), par {{me}}',
      commands: [
        { type: 'assign', assignee: '{{me}}' },
        { type: 'note', body: 'Vu: {{text}}' },
      ],
    });
    const ticketId = await openedTicket(all, { title: 'Écran {{me}} $&', team: 'noc' });
    const { status, body } = await me.get(`/v1/templates/${id}/preview?ticketId=${ticketId}`);
    const text = `${referenceOf(ticketId)} «Écran {{me}} $&», CIUSSS du Nord-de-l'Île-de-Montréal: — (noc), par ${subject}`;
    expect(status).toBe(200);
    expect(body).toEqual({
      templateId: id,
      ticketId,
      text,
      commands: [
        { type: 'assign', assignee: subject },
        { type: 'note', body: `Vu: ${text}` },
      ],
    });
    expect(await typesOf(ticketId)).toEqual(['TicketOpened']);
  });

  it('is of a ticket that one may read', async () => {
    const me = await person();
    const id = await saved(me);
    for (const ticketId of [randomUUID(), await openedTicket(all, { establishment: 'MCQ' })]) {
      const answer = await me.get(`/v1/templates/${id}/preview?ticketId=${ticketId}`);
      expectProblem(answer, 404, 'ticket-not-found');
    }
    const missing = expectProblem(await me.get(`/v1/templates/${id}/preview`), 400, 'malformed');
    expect(pointersOf(missing)).toEqual(['?ticketId']);
    const unknown = await me.get(`/v1/templates/${randomUUID()}/preview?ticketId=${randomUUID()}`);
    expectProblem(unknown, 404, 'template-not-found');
  });
});

describe('applying a template', () => {
  it('carries its commands out for each ticket, in their order', async () => {
    const me = await person();
    const id = await saved(me);
    const ticketIds = [await openedTicket(all), await openedTicket(all)];
    const application = await applied(me, id, { ticketIds });
    expect(application.results.map(({ ticketId }) => ticketId)).toEqual(ticketIds);
    expect(statusesOf(application)).toEqual([
      ['applied', 'applied', 'applied'],
      ['applied', 'applied', 'applied'],
    ]);
    for (const ticketId of ticketIds) {
      expect(await typesOf(ticketId)).toEqual(['TicketOpened', 'WorkStarted', 'TicketResolved']);
      const note = `Service relancé pour ${referenceOf(ticketId)}.`;
      expect(await ticketOf(all, ticketId)).toMatchObject({ resolution: { code: 'fixed', note } });
    }
  });

  it('of a text alone adds it as a note', async () => {
    const me = await person(['NIM'], 'agent');
    const id = await saved(me, { name: 'x', text: 'Rappelé au sujet de «{{title}}»' });
    const ticketId = await openedTicket(all);
    await applied(await person(['NIM'], 'mobile-team'), id, { ticketIds: [ticketId] });
    const last = (await historyOf(all, ticketId)).at(-1)!;
    expect([last.type, last.data.body]).toEqual([
      'NoteAdded',
      'Rappelé au sujet de «Ordonnance introuvable»',
    ]);
  });

  it('is with the rights of whoever applies it, and one refusal stops nothing else', async () => {
    const id = await saved(await person(), {
      name: 'x',
      commands: [
        { type: 'note', body: 'Entre nous', internal: true },
        { type: 'note', body: 'Vu' },
        { type: 'close' },
      ],
    });
    const mobile = await person(['NIM'], 'mobile-team');
    const [mine, foreign] = [await openedTicket(all), await openedTicket(all, { establishment: 'MCQ' })];
    await done(all, mine, 'resolve');
    const { results } = await applied(mobile, id, { ticketIds: [mine, foreign, randomUUID()] });
    expect(results.map(({ status }) => status)).toEqual(['refused', 'refused', 'refused']);
    const codes = results.map(({ commands }) =>
      commands.map(({ status, problem }) => codeOf(problem) ?? status),
    );
    const unknown = ['role-not-allowed', 'ticket-not-found', 'role-not-allowed'];
    expect(codes).toEqual([['role-not-allowed', 'applied', 'role-not-allowed'], unknown, unknown]);
    expect(pointersOf(results[0]!.commands[0]!.problem!)).toEqual(['/commands/0/internal']);
    expect(codeOf(results[0]!.problem)).toBe('role-not-allowed');
    expect(await typesOf(mine)).toEqual(['TicketOpened', 'TicketResolved', 'NoteAdded']);
  });

  it('again carries nothing out a second time, whatever has changed since', async () => {
    const me = await person(['NIM', 'MCQ']);
    const id = randomUUID();
    const template = {
      name: 'x',
      commands: [
        { type: 'start' },
        { type: 'hold', reason: 'vendor' },
        { type: 'assign', team: 'noc', assignee: '{{me}}' },
        { type: 'note', body: '{{assignee}} ({{team}}), {{establishment}}: {{title}}' },
      ],
    };
    await put(me, template, id);
    const ticketId = await openedTicket(all);
    await done(all, ticketId, 'start');
    const call = { ticketIds: [ticketId], commandId: randomUUID() };
    const first = await applied(me, id, call);
    expect(statusesOf(first)).toEqual([['applied', 'unchanged', 'applied', 'applied', 'applied']]);
    const before = await historyOf(all, ticketId);
    // The team and the person that the note names are others by now, and so is the template.
    await put(me, { ...template, commands: [{ type: 'cancel', reason: 'Non' }] }, id);
    const again = await applied(me, id, call);
    expect(statusesOf(again)).toEqual([['duplicate', 'unchanged', 'duplicate', 'duplicate', 'duplicate']]);
    await done(all, ticketId, 'transfer', { establishment: 'CNORD' });
    await me.send('DELETE', `/v1/templates/${id}`, undefined);
    const elsewhere = await applied(me, id, call);
    expect(elsewhere.results[0]!.commands.slice(1).map(({ status }) => status)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
    const after = await historyOf(all, ticketId);
    expect(after.map(({ type }) => type)).toEqual([...before.map(({ type }) => type), 'TicketTransferred']);
  });

  it('under the id of another application is refused', async () => {
    const me = await person();
    const [id, other] = [await saved(me), await saved(me)];
    const [ticketId, another] = [await openedTicket(all), await openedTicket(all)];
    const commandId = randomUUID();
    await applied(me, id, { ticketIds: [ticketId], commandId });
    for (const answer of [
      await apply(me, other, { ticketIds: [ticketId], commandId }),
      await apply(me, id, { ticketIds: [another], commandId }),
    ])
      expectProblem(answer, 422, 'command-id-reused');
    expect(await typesOf(another)).toEqual(['TicketOpened']);
  });

  it('by an Idempotency-Key, and many times at once, happens once', async () => {
    const me = await person();
    const id = await saved(me, { name: 'x', commands: [{ type: 'note', body: 'Vu {{assignee}}' }] });
    const ticketIds = await Promise.all(Array.from({ length: 5 }, () => openedTicket(all)));
    const headers = { 'Idempotency-Key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        me.post<Application>(`/v1/templates/${id}/apply`, { ticketIds }, headers),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const ticketId of ticketIds) expect(await typesOf(ticketId)).toEqual(['TicketOpened', 'NoteAdded']);
  });

  it.each<[string, object, string]>([
    ['no tickets', { ticketIds: [] }, '/ticketIds'],
    ['too many', { ticketIds: Array.from({ length: 501 }, () => randomUUID()) }, '/ticketIds'],
    [
      'more commands than a batch',
      { ticketIds: Array.from({ length: 400 }, () => randomUUID()) },
      '/ticketIds',
    ],
    ['what is no id', { ticketIds: ['x'] }, '/ticketIds/0'],
    ['an unknown field', { ticketIds: [randomUUID()], text: 'x' }, '/text'],
  ])('to %s is refused', async (_, body, pointer) => {
    const me = await person();
    const id = await saved(me, { name: 'x', commands: Array(3).fill({ type: 'start' }) });
    const problem = expectProblem(await apply(me, id, body), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('any number of times does what doing it once does', async () => {
    const commands = fc.array(
      fc.constantFrom<object>(
        { type: 'start' },
        { type: 'hold', reason: 'user', note: '{{assignee}}' },
        { type: 'note', body: '{{team}}: {{title}}' },
        { type: 'assign', assignee: '{{me}}' },
        { type: 'resolve', resolution: { code: 'fixed', note: '{{establishment}}' } },
        { type: 'reopen', reason: 'Encore' },
        { type: 'reprioritize', priority: 'P1' },
        { type: 'close' },
      ),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(commands, fc.integer({ min: 1, max: 2 }), async (sent, repeats) => {
        const me = await person();
        const id = await saved(me, { name: 'x', commands: sent });
        const ticketIds = [await openedTicket(all), await openedTicket(all)];
        const call = { ticketIds, commandId: randomUUID() };
        await applied(me, id, call);
        const once = await Promise.all(ticketIds.map(typesOf));
        for (let at = 0; at < repeats; at += 1) await applied(me, id, call);
        expect(await Promise.all(ticketIds.map(typesOf))).toEqual(once);
      }),
      { numRuns: budgeted(12) },
    );
  });
});
