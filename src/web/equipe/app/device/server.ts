import type { Command } from '../queue/command.js';
import type { DeviceTicket } from '../queue/ticket.js';
import type {
  ChangesReply,
  DeviceKeyAnswer,
  History,
  ProblemAnswer,
  Pushed,
  SessionAnswer,
} from './answers.js';

/** The result of a request: an answer, a problem, or `away` where no answer of our server came. */
export type Reply<Body> =
  | { kind: 'answer'; body: Body }
  | { kind: 'problem'; status: number; problem: ProblemAnswer; retryAfterMs?: number }
  | { kind: 'away' };

const patienceMs = 30_000;

/** A client of the API for this page; the browser sends the session's cookie along. */
export class ServerClient {
  session(): Promise<Reply<SessionAnswer>> {
    return ask('/equipe/session');
  }

  deviceKey(person: string): Promise<Reply<DeviceKeyAnswer>> {
    return ask('/equipe/device-key', person);
  }

  /** The ticket by itself, with what lists mask. */
  ticket(person: string, ticketId: string): Promise<Reply<DeviceTicket>> {
    return ask(`/v1/tickets/${ticketId}`, person);
  }

  /** Sends commands; the server executes them only if `person` is the one signed in when they arrive. */
  push(
    person: string,
    { deviceId, sentAt, commands }: { deviceId: string; sentAt: string; commands: readonly Command[] },
  ): Promise<Reply<Pushed>> {
    const body = JSON.stringify({ deviceId, sentAt, commands });
    return ask('/v1/sync', person, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
  }

  changes(person: string, cursor?: string, minPosition?: string): Promise<Reply<ChangesReply>> {
    const query = new URLSearchParams({ limit: '500' });
    if (cursor !== undefined) query.set('cursor', cursor);
    if (minPosition !== undefined) query.set('minPosition', minPosition);
    return ask(`/v1/sync/changes?${query.toString()}`, person);
  }

  /** The last 200 events of a ticket, newest first: a whole long history is more than a tablet should fetch to show a ticket. */
  history(person: string, ticketId: string): Promise<Reply<History>> {
    return ask(`/v1/tickets/${ticketId}/history?order=newest&limit=200`, person);
  }

  async signOut(): Promise<boolean> {
    // The redirect leads to another page, which this one does not need; that there is one means that the session is over.
    const answer = await fetch('/sign-out', { method: 'POST', redirect: 'manual' }).catch(() => undefined);
    return answer?.type === 'opaqueredirect';
  }
}

const ask = async <Body>(
  path: string,
  person?: string,
  init: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Reply<Body>> => {
  try {
    const answer = await fetch(path, {
      ...init,
      headers: {
        ...init.headers,
        Accept: 'application/json',
        'Accept-Language': 'fr',
        ...(person === undefined ? {} : { 'Expected-Person': encodeURIComponent(person) }),
      },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    // The sign-in page of a guest network answers every request with HTML; it is not our server.
    const type = /^application\/(problem\+)?json\b/.exec(answer.headers.get('Content-Type') ?? '');
    if (!type) return { kind: 'away' };
    const body: unknown = await answer.json();
    if (answer.ok && type[1] === undefined) return { kind: 'answer', body: body as Body };
    const retryAfterMs = Number(answer.headers.get('Retry-After') ?? '0') * 1000;
    return { kind: 'problem', status: answer.status, problem: body as ProblemAnswer, retryAfterMs };
  } catch {
    return { kind: 'away' };
  }
};
