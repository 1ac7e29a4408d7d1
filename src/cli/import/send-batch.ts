import type { ApiClient, Schemas } from '../../client/client.js';
import { StartRefused } from '../../config/start-refused.js';
import { whyUnanswered } from '../../shared/message-of.js';
import { retry, type Attempt, type WaitBudget } from './retry.js';

export type SyncResult = Schemas['CommandResult'];

/** The server's answer to a batch, its results in the order sent. */
export type SentBatch = Pick<Schemas['SyncAnswer'], 'position' | 'results'>;

const requestTimeoutMs = 120_000;

/**
 * Sends commands, each as JSON text. Tries again while the server is away or could not judge some of them, as long as `patience` has time
 * left: a command that is sent twice is applied once. Throws StartRefused where the server stays away, or refuses the batch as a whole.
 */
export const sendBatch = async (
  api: ApiClient,
  { url, commands, patience }: { url: string; commands: readonly string[]; patience: WaitBudget },
): Promise<SentBatch> => {
  if (commands.length === 0) return { position: '0', results: [] };
  const judged = await retry(url, () => trySend(api, url, commands));
  const { results } = judged;
  for (let attempts = 0; ; attempts += 1) {
    // In the order sent. Later commands about the same ticket are among them, since the server answers those with `retry` too.
    const left = [...results.keys()].filter((index) => results[index]?.status === 'retry');
    if (left.length === 0 || !(await patience.pause(attempts))) return judged;
    const again = await retry(url, () =>
      trySend(
        api,
        url,
        left.map((index) => commands[index] ?? ''),
      ),
    );
    for (const [place, index] of left.entries()) {
      const result = again.results[place];
      if (result) results[index] = result;
    }
    judged.position = again.position;
  }
};

const trySend = async (
  api: ApiClient,
  url: string,
  commands: readonly string[],
): Promise<Attempt<SentBatch>> => {
  const { data, error, response } = await api
    .POST('/v1/sync', {
      body: { deviceId: 'import', commands: [] },
      // The commands as they stand in the file, whatever they are: the server judges them one by one.
      bodySerializer: ({ deviceId }) =>
        `{"deviceId":${JSON.stringify(deviceId)},"commands":[${commands.join(',')}]}`,
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
    .catch((failure: unknown) => ({ data: undefined, error: undefined, response: whyUnanswered(failure) }));
  if (typeof response === 'string') return { reason: response };
  if (data) return { answer: data };
  const { status } = response;
  if (status >= 500 || status === 408 || status === 429) return { reason: `answered ${status}` };
  // A single command that is too large for any request is answered too: with a refusal.
  if (status === 413 && commands.length === 1) return { answer: tooLarge(error) };
  throw new StartRefused(`${url} answered ${status}: ${JSON.stringify(error).slice(0, 500)}`);
};

const tooLarge = (problem: Schemas['Problem'] | undefined): SentBatch => ({
  position: '0',
  results: [{ commandId: null, status: 'refused', ticketId: null, problem }],
});
