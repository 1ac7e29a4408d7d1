import { StartRefused } from '../../config/start-refused.js';
import { persistently, reasonOf, type Attempt } from './server.js';

export interface SyncResult {
  commandId: string | null;
  status: 'applied' | 'duplicate' | 'unchanged' | 'refused';
  problem?: { type: string; title: string; errors?: { pointer: string; message: string }[] };
}

export interface SyncAnswer {
  position: string;
  results: SyncResult[];
}

const requestTimeoutMs = 120_000;

/** Sends commands, each as JSON text. Tries again while the server is away: the same commands twice are applied once. */
export const sendBatch = (url: string, token: string, commands: string[]): Promise<SyncAnswer> => {
  if (commands.length === 0) return Promise.resolve({ position: '0', results: [] });
  const body = `{"deviceId":"import","commands":[${commands.join(',')}]}`;
  return persistently(url, () => trySend(url, token, body, commands.length));
};

const trySend = async (
  url: string,
  token: string,
  body: string,
  commands: number,
): Promise<Attempt<SyncAnswer>> => {
  let response: Response;
  try {
    response = await fetch(new URL('/v1/sync', url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    if (response.ok) return { answer: (await response.json()) as SyncAnswer };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
  if (response.status === 503 || response.status === 429) return { reason: `answered ${response.status}` };
  const problem = await response.text();
  // A single command that's too large for any request is answered, too: with a refusal.
  if (response.status === 413 && commands === 1) return { answer: tooLarge(problem) };
  throw new StartRefused(`${url} answered ${response.status}: ${problem.slice(0, 500)}`);
};

const tooLarge = (problem: string): SyncAnswer => ({
  position: '0',
  results: [{ commandId: null, status: 'refused', problem: JSON.parse(problem) as SyncResult['problem'] }],
});
