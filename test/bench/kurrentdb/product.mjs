import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { opening } from '../http/load.mjs';
import { startProduct, tokenOf } from '../http/servers.mjs';

/**
 * @import { Append, EventStore } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof startOnKurrent>>} ProductOnKurrent
 */

/**
 * Where the log is, and the keys of the texts in it, whichever database is made from them. Without the keys each ticket of the log would
 * be put aside by itself, which takes minutes.
 * @param {{ bed: Bed, url: string }} bench
 */
export const logOf = async ({ bed, url }) => ({
  EVENT_STORE_URL: url,
  KEYS_DATABASE_URL: await bed.database('keys'),
});

/**
 * Starts the product on a database and on KurrentDB. Resolves once it is ready, with how many ms that took.
 * @param {string} databaseUrl
 * @param {Record<string, string>} log
 */
export const startOnKurrent = async (databaseUrl, log) => {
  const startedAt = performance.now();
  const server = await startProduct(databaseUrl, log);
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
