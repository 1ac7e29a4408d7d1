import { StartRefused } from '../../config/start-refused.js';
import { whyUnanswered } from '../../shared/message-of.js';
import { ownToken } from './own-token.js';

const defaultUrl = 'http://localhost:3000';
const timeoutMs = 30_000;

/** The options of every program that calls a running server. */
export const serverOptions = {
  url: { type: 'string', default: defaultUrl },
  token: { type: 'string' },
} as const;

/** The operators' routes of a running server. */
export class AdminApi {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /**
   * A client with the token given or, without one, with an operator's token of the development issuer. Throws StartRefused where that
   * issuer is not in use.
   */
  static async at({ url, token }: { url: string; token?: string | undefined }): Promise<AdminApi> {
    if (!URL.canParse(url)) throw new StartRefused(`--url: expected a URL, not ${JSON.stringify(url)}`);
    return new AdminApi(
      url,
      token ?? (await ownToken({ subject: 'operator', roles: ['operator'], establishments: [] })),
    );
  }

  /**
   * Sends a request, and resolves with the JSON of its answer. Throws StartRefused with the server's reason where it refuses or is away.
   */
  async send<Answer>(method: string, path: string): Promise<Answer> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { Authorization: `Bearer ${this.token}`, 'Accept-Language': 'en' },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((error: unknown) => {
      throw new StartRefused(`${this.url} does not answer: ${whyUnanswered(error)}; is the server running?`);
    });
    if (response.ok) return (await response.json()) as Answer;
    const text = await response.text();
    throw new StartRefused(`${this.url} answered ${response.status}: ${reasonIn(text)}`);
  }
}

const reasonIn = (text: string): string => {
  try {
    const { title, detail, error } = JSON.parse(text) as { title: string; detail: string; error?: string };
    return [title, error, detail].filter(Boolean).join(' – ');
  } catch {
    return text.slice(0, 500);
  }
};
