import type { Language } from '../../shared/text/text.js';

/** What the API answers where it refuses, as far as pages read it. */
export interface ApiProblem {
  type: string;
  title: string;
  detail: string;
  errors?: { pointer: string; message: string }[];
}

/** The stable code of a problem, with which its type ends. */
export const problemCode = ({ type }: Pick<ApiProblem, 'type'>): string =>
  type.slice(type.lastIndexOf('/') + 1);

/** The result of a request: an answer, a problem, or `away` where no answer of our server came. */
export type Reply<Body, Problem extends ApiProblem = ApiProblem> =
  | { kind: 'answer'; body: Body }
  | { kind: 'problem'; status: number; problem: Problem; retryAfterMs?: number }
  | { kind: 'away' };

export interface ApiRequest {
  language: Language;
  /** The server does it only if this is who is signed in when the request arrives. */
  person?: string | undefined;
  method?: string;
  body?: string | Blob | ArrayBuffer;
  headers?: Record<string, string>;
  /** It is sent also where the page is closed meanwhile. */
  keepalive?: boolean;
  /** How long it may take; half a minute unless told. */
  patienceMs?: number;
}

/** Asks the API for JSON from a page of ours; the browser sends the session's cookie along. Never rejects. */
export const requestApi = async <Body, Problem extends ApiProblem = ApiProblem>(
  path: string,
  { language, person, headers, patienceMs = 30_000, ...init }: ApiRequest,
): Promise<Reply<Body, Problem>> => {
  try {
    const answer = await fetch(path, {
      ...init,
      headers: {
        ...headers,
        Accept: 'application/json',
        'Accept-Language': language,
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
    const retryAfter = answer.headers.get('Retry-After');
    const waits = retryAfter === null ? {} : { retryAfterMs: Number(retryAfter) * 1_000 };
    return { kind: 'problem', status: answer.status, problem: body as Problem, ...waits };
  } catch {
    return { kind: 'away' };
  }
};
