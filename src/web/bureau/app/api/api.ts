import type { Language } from '../../../../shared/text.js';
import type { ApiProblem } from './answers.js';

/** The result of a request: an answer, a problem, or `away` where no answer of our server came. */
export type Reply<Body> =
  | { kind: 'answer'; body: Body }
  | { kind: 'problem'; status: number; problem: ApiProblem; retryAfterMs: number }
  | { kind: 'away' };

const patienceMs = 30_000;

interface Sent {
  method?: string;
  body?: BodyInit;
  headers?: Record<string, string>;
}

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

  put<Body>(path: string, body: unknown): Promise<Reply<Body>> {
    const headers = { 'Content-Type': 'application/json' };
    return this.send(path, { method: 'PUT', body: JSON.stringify(body), headers });
  }

  delete<Body>(path: string): Promise<Reply<Body>> {
    return this.send(path, { method: 'DELETE' });
  }

  upload<Body>(path: string, file: File): Promise<Reply<Body>> {
    const headers = {
      'Content-Type': file.type || 'application/octet-stream',
      'X-File-Name': encodeURIComponent(file.name),
    };
    return this.send(path, { method: 'POST', body: file, headers });
  }

  private async send<Body>(path: string, { method = 'GET', body, headers }: Sent): Promise<Reply<Body>> {
    try {
      const answer = await fetch(path, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: {
          ...headers,
          Accept: 'application/json',
          'Accept-Language': this.language,
          'Expected-Person': encodeURIComponent(this.person),
        },
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
      // The sign-in page of a guest network answers every request with HTML; it is not our server.
      const type = /^application\/(problem\+)?json\b/.exec(answer.headers.get('Content-Type') ?? '');
      if (!type) return { kind: 'away' };
      const read: unknown = await answer.json();
      if (answer.ok && type[1] === undefined) return { kind: 'answer', body: read as Body };
      const retryAfterMs = Number(answer.headers.get('Retry-After') ?? '1') * 1000;
      return { kind: 'problem', status: answer.status, problem: read as ApiProblem, retryAfterMs };
    } catch {
      return { kind: 'away' };
    }
  }
}
