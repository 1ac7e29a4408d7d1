import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { opening } from '../http/load.mjs';
import { startProduct, tokenOf } from '../http/servers.mjs';

/**
 * @import { Append, EventStore } from '../../../src/platform/event-store/event-store.js'
 * @typedef {Awaited<ReturnType<typeof startOnKurrent>>} ProductOnKurrent
 */

/**
 * Starts the product on a database and on KurrentDB. Resolves once it is ready, with how many ms that took.
 * @param {string} databaseUrl
 * @param {string} kurrentUrl
 */
export const startOnKurrent = async (databaseUrl, kurrentUrl) => {
  const startedAt = performance.now();
  const server = await startProduct(databaseUrl, { EVENT_STORE_URL: kurrentUrl });
  while ((await fetch(`${server.url}/health/ready`)).status !== 200) await sleep(20);
  return { ...server, readyMs: performance.now() - startedAt, token: await tokenOf('agent') };
};

/**
 * Resolves once the product's lists include the position.
 * @param {ProductOnKurrent} product
 * @param {bigint} position
 */
export const untilFollowed = async ({ url, token }, position) => {
  const path = `${url}/v1/tickets?limit=1&minPosition=${position}`;
  while ((await fetch(path, { headers: { authorization: `Bearer ${token}` } })).status !== 200)
    await sleep(20);
};

/**
 * Makes appends like those by which the product opens a ticket, each of another ticket.
 * @param {ProductOnKurrent} product
 * @param {EventStore} store
 * @returns {Promise<() => Append>}
 */
export const ticketAppends = async ({ url, token }, store) => {
  const response = await fetch(`${url}/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: opening(),
  });
  const { ticketId } = /** @type {{ ticketId: string }} */ (await response.json());
  const [opened] = await store.readStream(`ticket-${ticketId}`);
  if (!opened) throw new Error(`the product answered ${response.status}, and opened no ticket`);
  const { type, data, metadata } = opened;
  return () => ({
    stream: `ticket-${randomUUID()}`,
    expectedRevision: 0,
    events: [{ id: randomUUID(), type, data, metadata: { ...metadata, commandId: randomUUID() } }],
  });
};
