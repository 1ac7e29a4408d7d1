import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { codeOf, type Answer, type Client, type ProblemBody } from './client.js';

type Json = Record<string, unknown>;

/** A ticket in the form of the API's contract. */
export interface TicketBody {
  ticketId: string;
  establishment: string;
  site: string | null;
  title: string;
  status: string;
  openedAt: string;
  updatedAt: string;
  resolvedAt: string | null;
  mergedInto: string | null;
  revision: number;
  [member: string]: unknown;
}

export interface HistoryItem {
  position: string;
  revision: number;
  type: string;
  occurredAt: string;
  claimedAt: string;
  recordedAt: string;
  actor: string;
  data: Json;
  [member: string]: unknown;
}

export interface SyncResult {
  commandId: string | null;
  status: string;
  ticketId: string | null;
  revision?: number;
  problem?: ProblemBody;
  warnings?: { code: string; pointer: string }[];
}
export interface SyncBody {
  position: string;
  clockSkewMs: number | null;
  results: SyncResult[];
}

/** The instant `seconds` ago, or ahead when negative. */
export const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/** The body of a valid opening. */
export const opening = (changes: Json = {}): Json => ({
  commandId: randomUUID(),
  establishment: 'NIM',
  title: 'Ordonnance introuvable',
  category: 'ordonnances',
  priority: 'P2',
  ...changes,
});

/** Opens a ticket, by default an hour ago; resolves to its id. */
export const openedTicket = async (client: Client, changes: Json = {}): Promise<string> => {
  const { status, body } = await client.post<TicketBody>(
    '/v1/tickets',
    opening({ occurredAt: ago(3600), ...changes }),
  );
  expect(status).toBe(201);
  return body.ticketId;
};

/** The same, and waits until it can be searched for. */
export const searchableTicket = async (client: Client, changes: Json = {}): Promise<string> => {
  const ticketId = await openedTicket(client, changes);
  const { position } = (await client.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] })).body;
  await client.get(`/v1/tickets?q=${referenceOf(ticketId)}&minPosition=${position}`);
  return ticketId;
};

/** A valid body for each command, except that a merge also needs its target. */
export const commandBodies = {
  assign: { team: 'mobile-nim-03' },
  start: {},
  hold: { reason: 'vendor' },
  note: { body: 'Vu sur place' },
  link: { relation: 'related' },
  requester: { requester: { name: 'Marie Roy' } },
  watch: {},
  unwatch: {},
  recategorize: { category: 'pharmacie' },
  reprioritize: { priority: 'P1' },
  resolve: { resolution: { code: 'fixed', note: 'Relancé' } },
  close: {},
  reopen: { reason: 'Encore bloqué' },
  cancel: { reason: 'Erreur' },
  merge: {},
  transfer: { establishment: 'MCQ' },
} as const satisfies Record<string, Json>;
export type CommandName = keyof typeof commandBodies;
export const commandNames = Object.keys(commandBodies) as CommandName[];

/** The field with which a merge or a link names another ticket; no field for other commands. */
export const naming = (name: string, ticketId: string): Json =>
  name === 'merge' ? { into: ticketId } : name === 'link' ? { to: ticketId } : {};

/** Sends a command about a ticket, with a valid body. */
export const command = (
  client: Client,
  ticketId: string,
  name: CommandName,
  changes: Json = {},
  headers?: Record<string, string>,
): Promise<Answer<TicketBody>> =>
  client.post<TicketBody>(`/v1/tickets/${ticketId}/${name}`, { ...commandBodies[name], ...changes }, headers);

/** Sends a command that must succeed. */
export const done = async (
  client: Client,
  ticketId: string,
  name: CommandName,
  changes: Json = {},
): Promise<Answer<TicketBody>> => {
  const answer = await command(client, ticketId, name, changes);
  expect([name, answer.status, codeOf(answer.body)]).toEqual([name, 200, undefined]);
  return answer;
};

export const historyOf = async (client: Client, ticketId: string): Promise<HistoryItem[]> =>
  (await client.get<{ items: HistoryItem[] }>(`/v1/tickets/${ticketId}/history?limit=500`)).body.items;

export const ticketOf = async (client: Client, ticketId: string): Promise<TicketBody> =>
  (await client.get<TicketBody>(`/v1/tickets/${ticketId}`)).body;

/** Expects the answer to be this problem, in the form of the contract; returns the problem. */
export const expectProblem = (answer: Answer<unknown>, status: number, code: string): ProblemBody => {
  expect({ status: answer.status, code: codeOf(answer.body) }).toEqual({ status, code });
  expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json\b/);
  expect(answer.body).toMatchObject({
    type: expect.stringMatching(new RegExp(`/problems/${code}$`)),
    status,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
  });
  return answer.body as ProblemBody;
};

/** The JSON pointers of a problem's errors. */
export const pointersOf = (problem: Pick<ProblemBody, 'errors'>): string[] =>
  (problem.errors ?? []).map(({ pointer }) => pointer);
