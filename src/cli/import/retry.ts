import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient } from '../../client/client.js';
import { backoffMs } from '../../shared/concurrency/backoff.js';
import { whyUnanswered } from '../../shared/message-of.js';
import { StartRefused } from '../../config/start-refused.js';

const maxWaitMs = 30_000;
const backoff = { firstMs: 100, maxMs: 3_000 };

export interface Attempt<Answer> {
  answer?: Answer;
  /** Why there is no answer yet. */
  reason?: string;
}

/** Tries until there is an answer. Throws StartRefused where the server stays away for 30 s. */
export const retry = async <Answer>(
  url: string,
  attempt: () => Promise<Attempt<Answer>>,
): Promise<Answer> => {
  const deadline = performance.now() + maxWaitMs;
  for (let attempts = 0; ; attempts += 1) {
    const { answer, reason } = await attempt();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) {
      throw new StartRefused(
        `${url} does not answer (${reason}); run the same command again once it does: nothing is applied twice`,
      );
    }
    await sleep(pauseMs(attempts));
  }
};

/** The pause after a failed attempt, in milliseconds; `attempts` is the number of attempts before the failed one. */
const pauseMs = (attempts: number): number => backoffMs(backoff, attempts + 1);

/** The time that a run waits in all for commands the server could not judge: a ticket that is broken stays so. */
export class WaitBudget {
  constructor(private leftMs = 10_000) {}

  /** Waits before another attempt; false, at once, where no time is left. */
  async pause(attempts: number): Promise<boolean> {
    const ms = pauseMs(attempts);
    if (this.leftMs < ms) return false;
    this.leftMs -= ms;
    await sleep(ms);
    return true;
  }
}

/** The identity of the log the server writes to. Throws StartRefused where the server stays away. */
export const fetchLogIdentity = (url: string): Promise<string> => {
  const api = createApiClient({ url });
  return retry(url, async () => {
    try {
      const { data, error } = await api.GET('/health/ready');
      return { answer: (data ?? error).eventStore.log, reason: 'its event store is not available' };
    } catch (error) {
      return { reason: whyUnanswered(error) };
    }
  });
};
