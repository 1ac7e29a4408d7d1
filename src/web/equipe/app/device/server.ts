import type { Command } from '../queue/command.js';
import type { Photo } from './photos.js';
import type { DeviceTicket } from '../queue/ticket.js';
import type {
  AttachedFile,
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
/** A photo takes longer over a ward's network. */
const photoPatienceMs = 120_000;

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

  /** Sends a photo; the same command again is answered with what it did the first time. */
  sendPhoto(
    person: string,
    { commandId, ticketId, occurredAt, name }: Photo,
    image: ArrayBuffer,
  ): Promise<Reply<unknown>> {
    const query = new URLSearchParams({ commandId, occurredAt });
    return ask(`/v1/tickets/${ticketId}/attachments?${query.toString()}`, person, {
      method: 'POST',
      body: image,
      headers: { 'Content-Type': 'image/jpeg', 'X-File-Name': encodeURIComponent(name) },
      patienceMs: photoPatienceMs,
    });
  }

  files(person: string, ticketId: string): Promise<Reply<{ items: AttachedFile[] }>> {
    return ask(`/v1/tickets/${ticketId}/attachments`, person);
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
  {
    headers,
    patienceMs: patience = patienceMs,
    ...init
  }: {
    method?: string;
    body?: string | ArrayBuffer;
    headers?: Record<string, string>;
    patienceMs?: number;
  } = {},
): Promise<Reply<Body>> => {
  try {
    const answer = await fetch(path, {
      ...init,
      headers: {
        ...headers,
        Accept: 'application/json',
        'Accept-Language': 'fr',
        ...(person === undefined ? {} : { 'Expected-Person': encodeURIComponent(person) }),
      },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
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
