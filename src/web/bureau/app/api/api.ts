import type { Language } from '../../../../shared/text/text.js';
import { requestApi, type ApiRequest, type Reply } from '../../../browser/api-request.js';

/** Why a request came to nothing that may be sent again: the network is away, or the session is over. */
export type Loss = 'away' | 'signed-out';

export const lossOf = (reply: Reply<unknown>): Loss | undefined => {
  if (reply.kind === 'away') return 'away';
  return reply.kind === 'problem' && reply.status === 401 ? 'signed-out' : undefined;
};

type Sent = Pick<ApiRequest, 'method' | 'body' | 'headers' | 'keepalive'>;

/** The API for this page; the browser sends the session's cookie along, and the server looks whether it is still this person's. */
export class Api {
  constructor(
    private readonly person: string,
    private readonly language: Language,
  ) {}

  get<Body>(path: string): Promise<Reply<Body>> {
    return this.send(path, {});
  }

  post<Body>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<Body>> {
    const json = { 'Content-Type': 'application/json', ...headers };
    return this.send(path, { method: 'POST', body: JSON.stringify(body), headers: json });
  }

  put<Body>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply<Body>> {
    const json = { 'Content-Type': 'application/json', ...headers };
    return this.send(path, { method: 'PUT', body: JSON.stringify(body), headers: json });
  }

  delete<Body>(path: string, headers: Record<string, string> = {}): Promise<Reply<Body>> {
    return this.send(path, { method: 'DELETE', headers });
  }

  /** Takes back what is said of this page, also while it is closed. */
  leave(path: string): Promise<Reply<unknown>> {
    return this.send(path, { method: 'DELETE', keepalive: true });
  }

  upload<Body>(path: string, file: File): Promise<Reply<Body>> {
    const headers = {
      'Content-Type': file.type || 'application/octet-stream',
      'X-File-Name': encodeURIComponent(file.name),
    };
    return this.send(path, { method: 'POST', body: file, headers });
  }

  private send<Body>(path: string, sent: Sent): Promise<Reply<Body>> {
    return requestApi(path, { ...sent, language: this.language, person: this.person });
  }
}
