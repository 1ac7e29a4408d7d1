import type { ApiClient, Schemas } from '../../client/client.js';
import { StartRefused } from '../../config/start-refused.js';
import { whyUnanswered } from '../../shared/message-of.js';
import { persistently, type Attempt } from './server.js';

export type SyncResult = Schemas['CommandResult'];

/** What the server made of a batch, in the order sent. */
export type Judged = Pick<Schemas['SyncAnswer'], 'position' | 'results'>;

const requestTimeoutMs = 120_000;

/**
 * Sends commands, each as JSON text. Tries again while the server is away: the same commands twice are applied once.
 * Throws StartRefused where it stays away, or refuses the batch as a whole.
 */
export const sendBatch = (api: ApiClient, url: string, commands: readonly string[]): Promise<Judged> => {
  if (commands.length === 0) return Promise.resolve({ position: '0', results: [] });
  return persistently(url, () => trySend(api, url, commands));
};

const trySend = async (
  api: ApiClient,
  url: string,
  commands: readonly string[],
): Promise<Attempt<Judged>> => {
  const { data, error, response } = await api
    .POST('/v1/sync', {
      body: { deviceId: 'import', commands: [] },
      // As they stand in the file, whatever they are: the server judges them one by one.
      bodySerializer: ({ deviceId }) =>
        `{"deviceId":${JSON.stringify(deviceId)},"commands":[${commands.join(',')}]}`,
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
    .catch((failure: unknown) => ({ data: undefined, error: undefined, response: whyUnanswered(failure) }));
  if (typeof response === 'string') return { reason: response };
  if (data) return { answer: data };
  const { status } = response;
  if (status === 503 || status === 429) return { reason: `answered ${status}` };
  // A single command that's too large for any request is answered, too: with a refusal.
  if (status === 413 && commands.length === 1) return { answer: tooLarge(error) };
  throw new StartRefused(`${url} answered ${status}: ${JSON.stringify(error).slice(0, 500)}`);
};

const tooLarge = (problem: Schemas['Problem'] | undefined): Judged => ({
  position: '0',
  results: [{ commandId: null, status: 'refused', ticketId: null, problem }],
});
