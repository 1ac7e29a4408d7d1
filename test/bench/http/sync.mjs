import { closedLoop, quantile, rounded } from '../support/measure.mjs';
import { batchOf } from './load.mjs';

/** @typedef {Awaited<ReturnType<typeof syncSection>>} Sync */

const commandsABatch = 1_000;
const warmUpBatches = 3;

/**
 * Sends a batch to /v1/sync. Throws unless all of its commands are applied.
 * @param {string} url
 * @param {string} token
 * @param {string} body
 * @param {number} commands
 */
export const sendBatch = async (url, token, body, commands) => {
  const response = await fetch(`${url}/v1/sync`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  const { results } = /** @type {{ results?: { status: string }[] }} */ (await response.json());
  const applied = results?.filter(({ status }) => status === 'applied').length;
  if (applied !== commands) throw new Error(`a batch was answered ${response.status}, ${applied} applied`);
};

/**
 * Commands a second in batches, and how long a batch takes, by one sender and by four.
 * @param {string} url
 * @param {{ seconds: number, team: string }} options
 */
export const syncSection = async (url, { seconds, team }) => {
  const send = () => sendBatch(url, team, batchOf(commandsABatch), commandsABatch);
  for (let batch = 0; batch < warmUpBatches; batch += 1) await send();
  const cells = [];
  for (const senders of [1, 4]) {
    const { count, ms, latencies } = await closedLoop(send, senders, seconds * 1000);
    const [p50, p99] = [rounded(quantile(latencies, 0.5), 0), rounded(quantile(latencies, 0.99), 0)];
    cells.push({ senders, rate: (count * commandsABatch * 1000) / ms, p50, p99 });
  }
  return { commandsABatch, warmUpBatches, cells };
};
