import { requestApi, type ApiRequest, type Reply } from '../../../browser/api-request.js';
import type { Command } from '../queue/command.js';
import type { Photo } from './photos.js';
import type { TabletLanguage } from './tablet-language.js';
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

/** A photo takes longer over a ward's network. */
const photoPatienceMs = 120_000;

export type DeviceReply<Body> = Reply<Body, ProblemAnswer>;

/** A client of the API for this page; the browser sends the session's cookie along. */
export class ServerClient {
  constructor(private readonly language: TabletLanguage) {}

  /** Who is signed in; tells the server first which language was chosen here without a network. */
  async session(): Promise<DeviceReply<SessionAnswer>> {
    await this.tellLanguage();
    const reply = await this.ask<SessionAnswer>('/equipe/session');
    if (reply.kind === 'answer') this.language.heard(reply.body.language);
    return reply;
  }

  /** Opens the page as its link to the other language would, which keeps the choice in a cookie for all pages. */
  private async tellLanguage(): Promise<void> {
    const language = this.language.untold();
    if (language === undefined) return;
    const answer = await fetch(`/equipe?lang=${language}`, { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok && answer.headers.get('Content-Language') === language) this.language.told(language);
  }

  deviceKey(person: string): Promise<DeviceReply<DeviceKeyAnswer>> {
    return this.ask('/equipe/device-key', person);
  }

  /** The ticket by itself, with what lists mask. */
  ticket(person: string, ticketId: string): Promise<DeviceReply<DeviceTicket>> {
    return this.ask(`/v1/tickets/${ticketId}`, person);
  }

  /** Sends commands; the server executes them only if `person` is the one signed in when they arrive. */
  push(
    person: string,
    { deviceId, sentAt, commands }: { deviceId: string; sentAt: string; commands: readonly Command[] },
  ): Promise<DeviceReply<Pushed>> {
    const body = JSON.stringify({ deviceId, sentAt, commands });
    return this.ask('/v1/sync', person, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
  }

  /** Sends a photo; the same command again is answered with what it did the first time. */
  sendPhoto(
    person: string,
    { commandId, ticketId, occurredAt, name }: Photo,
    image: ArrayBuffer,
  ): Promise<DeviceReply<unknown>> {
    const query = new URLSearchParams({ commandId, occurredAt });
    return this.ask(`/v1/tickets/${ticketId}/attachments?${query.toString()}`, person, {
      method: 'POST',
      body: image,
      headers: { 'Content-Type': 'image/jpeg', 'X-File-Name': encodeURIComponent(name) },
      patienceMs: photoPatienceMs,
    });
  }

  files(person: string, ticketId: string): Promise<DeviceReply<{ items: AttachedFile[] }>> {
    return this.ask(`/v1/tickets/${ticketId}/attachments`, person);
  }

  changes(person: string, cursor?: string, minPosition?: string): Promise<DeviceReply<ChangesReply>> {
    const query = new URLSearchParams({ limit: '500' });
    if (cursor !== undefined) query.set('cursor', cursor);
    if (minPosition !== undefined) query.set('minPosition', minPosition);
    return this.ask(`/v1/sync/changes?${query.toString()}`, person);
  }

  /** The last 200 events of a ticket, newest first: a whole long history is more than a tablet should fetch to show a ticket. */
  history(person: string, ticketId: string): Promise<DeviceReply<History>> {
    return this.ask(`/v1/tickets/${ticketId}/history?order=newest&limit=200`, person);
  }

  async signOut(): Promise<boolean> {
    // The redirect leads to another page, which this one does not need; that there is one means that the session is over.
    const answer = await fetch('/sign-out', { method: 'POST', redirect: 'manual' }).catch(() => undefined);
    return answer?.type === 'opaqueredirect';
  }

  private ask<Body>(
    path: string,
    person?: string,
    request: Omit<ApiRequest, 'language' | 'person'> = {},
  ): Promise<DeviceReply<Body>> {
    return requestApi(path, { ...request, language: this.language.current(), person });
  }
}
