import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient } from '../../client/client.js';
import { whyUnanswered } from '../../shared/message-of.js';
import { StartRefused } from '../../config/start-refused.js';

const patienceMs = 30_000;
const longestPauseMs = 3_000;

export interface Attempt<Answer> {
  answer?: Answer;
  /** Why there is no answer yet. */
  reason?: string;
}

/** Tries until there is an answer. Throws StartRefused when the server stays away. */
export const persistently = async <Answer>(
  url: string,
  attempt: () => Promise<Attempt<Answer>>,
): Promise<Answer> => {
  const deadline = performance.now() + patienceMs;
  for (let attempts = 0; ; attempts += 1) {
    const { answer, reason } = await attempt();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) {
      throw new StartRefused(
        `${url} does not answer (${reason}); run the same command again once it does: nothing is applied twice`,
      );
    }
    await sleep(Math.min(100 * 2 ** attempts, longestPauseMs));
  }
};

/** Which log the server writes to. */
export const logIdentity = (url: string): Promise<string> => {
  const api = createApiClient({ url });
  return persistently(url, async () => {
    try {
      const { data, error } = await api.GET('/health/ready');
      return { answer: (data ?? error).eventStore.log, reason: 'its event store is not available' };
    } catch (error) {
      return { reason: whyUnanswered(error) };
    }
  });
};
