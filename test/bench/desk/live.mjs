import { setTimeout as sleep } from 'node:timers/promises';
import { startProduct, tokenOf } from '../http/servers.mjs';
import { quantiles } from '../support/measure.mjs';
import { Callers } from './callers.mjs';

/**
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof liveSection>>} Live
 */

const pauseMs = 20;
const warmUp = 10;

/**
 * How long a lone write over HTTP takes, in ms, while `connections` listeners are told of each write; and how long it takes, from the
 * call on, until the last listener has heard. There are `writes` writes, one every 20 ms. The listeners run in this process, and the
 * server in a process of its own.
 * @param {Bed} bed
 */
export const liveSection = async (bed, { writes = 100, connections = [0, 2_000] } = {}) => {
  const server = await startProduct(await bed.database('live'));
  try {
    const token = await tokenOf('agent');
    const callers = new Callers(server.url, token);
    const opened = await callers.post('/v1/tickets', JSON.stringify(opening));
    const { ticketId } = /** @type {{ ticketId: string }} */ (JSON.parse(opened.text));
    callers.close();
    const results = [];
    for (const count of connections)
      results.push(await measured({ ...server, token, ticketId, writes, count }));
    return { writes, results };
  } finally {
    await server.close();
  }
};

const opening = { establishment: 'NIM', title: 'Mesure', category: 'autre', priority: 'P4' };

/** @param {{ url: string, token: string, ticketId: string, writes: number, count: number }} options */
const measured = async ({ url, token, ticketId, writes, count }) => {
  const callers = new Callers(url, token);
  const listeners = new Listeners(callers);
  for (let opened = 0; opened < count; opened += 100) {
    await Promise.all(Array.from({ length: Math.min(100, count - opened) }, () => listeners.open()));
  }
  /** @type {number[]} */
  const write = [];
  /** @type {number[]} */
  const heardByAll = [];
  for (let number = 0; number < writes + warmUp; number += 1) {
    const heard = listeners.all();
    const calledAt = performance.now();
    await callers.post(`/v1/tickets/${ticketId}/note`, JSON.stringify({ body: 'Mesure' }));
    const writtenMs = performance.now() - calledAt;
    const heardAt = await heard;
    if (number >= warmUp) {
      write.push(writtenMs);
      if (count > 0) heardByAll.push(heardAt - calledAt);
    }
    await sleep(pauseMs);
  }
  callers.close();
  return {
    connections: count,
    write: quantiles(write),
    heardByAll: count > 0 ? quantiles(heardByAll) : null,
  };
};

class Listeners {
  count = 0;
  missing = 0;
  /** @type {(at: number) => void} */
  whenAll = () => undefined;

  /** @param {Callers} callers */
  constructor(callers) {
    this.callers = callers;
  }

  async open() {
    const response = await this.callers.get('/v1/events');
    this.count += 1;
    // There is one write at a time, so each ticket event that arrives is that write's.
    response.on('data', (/** @type {Buffer} */ bytes) => {
      if (bytes.includes('event: ticket')) this.hear();
    });
  }

  /**
   * Resolves to the time at which all listeners have heard of the next write.
   * @returns {Promise<number>}
   */
  all() {
    this.missing = this.count;
    return new Promise((resolve) => {
      this.whenAll = resolve;
      if (this.missing === 0) resolve(performance.now());
    });
  }

  hear() {
    this.missing -= 1;
    if (this.missing === 0) this.whenAll(performance.now());
  }
}
