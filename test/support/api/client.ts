import { tokenOfAll } from '../access/tokens.js';
import { patienceMs } from '../patience.js';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  /** The parsed JSON if the answer's Content-Type is JSON, otherwise its text. */
  body: Body;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { pointer: string; message: string }[];
  [member: string]: unknown;
}

type Json = Record<string, unknown>;

const timeoutMs = 60_000;

/** A client of the public API. Throws when there is no answer; every answer is returned, whatever its status. */
export class Client {
  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  /**
   * Asks again where `minPosition` is not reached yet, as the answer says to: how long projections take on a busy machine is no fault.
   * A position that is never reached is for `send`.
   */
  async get<Body = Json>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const answer = await this.send<Body>('GET', path, undefined, headers);
      const isReached = answer.status !== 503 || codeOf(answer.body) !== 'position-not-reached';
      if (isReached || Date.now() > deadline) return answer;
    }
  }

  /** Text and bytes are sent as they are, anything else as JSON. */
  post<Body = Json>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('POST', path, body, headers);
  }

  async send<Body>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: raw ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }
}

/** A client with the token of `tokenOfAll`. */
export const clientOf = async ({ url }: { url: string }): Promise<Client> =>
  new Client(url, await tokenOfAll());

/** The code of a problem, with which its `type` ends. */
export const codeOf = (problem: unknown): string | undefined =>
  (problem as Partial<ProblemBody> | undefined)?.type?.split('/').at(-1);
