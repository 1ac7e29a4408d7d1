import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { median, medianRatio } from '../support/measure.mjs';

/**
 * @import { Quantiles } from '../support/measure.mjs'
 * @typedef {{ rate: number } & Quantiles} Load
 */

/**
 * Sends requests of one kind over `connections` connections for `seconds`; each connection sends its next request when it has the answer
 * to the one before. `rate` is per second, the quantiles are in ms. With `overallRate` it sends so many a second at most. Throws when a request fails.
 * @param {object} options
 * @param {string} options.url
 * @param {string} options.path
 * @param {'GET' | 'POST'} [options.method]
 * @param {string} [options.token]
 * @param {() => string} [options.bodyOf]
 * @param {number} options.connections
 * @param {number} options.seconds
 * @param {number} [options.overallRate]
 * @returns {Promise<Load>}
 */
export const load = async ({
  url,
  path,
  method = 'GET',
  token,
  bodyOf,
  connections,
  seconds,
  overallRate,
}) => {
  const request = {
    method,
    path,
    headers: {
      ...(bodyOf ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(bodyOf ? { setupRequest: (/** @type {object} */ next) => ({ ...next, body: bodyOf() }) } : {}),
  };
  const result = await autocannon({
    ...{ url, connections, duration: seconds, requests: [request] },
    ...(overallRate === undefined ? {} : { overallRate }),
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} requests of ${method} ${path} failed`);
  const { p50, p99 } = result.latency;
  return { rate: Math.round(result.requests.total / result.duration), p50, p99 };
};

const titles = ['Imprimante d’étiquettes muette', 'Ordonnance non transmise à la pharmacie', 'Session figée'];

/** A ticket to open, as the product and the CRUD server both accept it. */
const ticketToOpen = () => {
  const ticketId = randomUUID();
  const title = titles[ticketId.charCodeAt(0) % titles.length];
  return {
    ...{ commandId: randomUUID(), ticketId, establishment: 'NIM', title, category: 'impression' },
    ...{ priority: 'P3', team: 'mobile-nim-04', occurredAt: new Date().toISOString() },
  };
};
export const opening = () => JSON.stringify(ticketToOpen());

/** @param {object[]} commands */
const syncOf = (commands) =>
  JSON.stringify({ deviceId: 'tablette-12', sentAt: new Date().toISOString(), commands });

/**
 * The body of a sync that opens tickets.
 * @param {number} tickets
 */
export const openingsOf = (tickets) =>
  syncOf(Array.from({ length: tickets }, () => ({ ...ticketToOpen(), type: 'open' })));

/**
 * The body of a sync, as a tablet sends it after an hour without a network: tickets that are opened, noted and resolved.
 * @param {number} commands
 */
export const batchOf = (commands) => {
  /** @param {number} index */
  const at = (index) => new Date(Date.now() - 3_600_000 + index).toISOString();
  /** @type {object[]} */
  const list = [];
  while (list.length < commands) {
    const ticketId = randomUUID();
    const opened = { ...ticketToOpen(), ticketId, type: 'open', occurredAt: at(list.length) };
    /**
     * @param {string} type
     * @param {object} body
     */
    const command = (type, body) => ({
      commandId: randomUUID(),
      type,
      ticketId,
      ...body,
      occurredAt: at(list.length),
    });
    list.push(
      opened,
      command('note', { body: 'Redémarrée, sans effet.' }),
      command('resolve', { resolution: { code: 'fixed', note: 'Câble remplacé.' } }),
    );
  }
  return syncOf(list.slice(0, commands));
};

/**
 * The middle of several rounds, each figure by itself.
 * @param {readonly Load[]} rounds
 * @returns {Load}
 */
export const middle = (rounds) => ({
  rate: median(rounds.map(({ rate }) => rate)),
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
});

/**
 * The median of the ratios of two contestants' rates, or of their p99, round by round.
 * @param {readonly Load[]} rounds
 * @param {readonly Load[]} baseline
 * @param {'rate' | 'p99'} [what]
 */
export const ratioOfLoads = (rounds, baseline, what = 'rate') =>
  medianRatio(
    rounds.map((load) => load[what]),
    baseline.map((load) => load[what]),
  );
