import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProduct, tokenOf } from '../http/servers.mjs';
import { quantiles } from '../measure.mjs';

/**
 * @import { ClientRequest, IncomingMessage } from 'node:http'
 * @import { Bed } from '../bed.mjs'
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
    const { ticketId } = /** @type {{ ticketId: string }} */ (
      await post(`${server.url}/v1/tickets`, token, opening)
    );
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
  const listeners = new Listeners();
  for (let opened = 0; opened < count; opened += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, count - opened) }, () => listeners.open(url, token)),
    );
  }
  /** @type {number[]} */
  const write = [];
  /** @type {number[]} */
  const heardByAll = [];
  for (let number = 0; number < writes + warmUp; number += 1) {
    const heard = listeners.all();
    const calledAt = performance.now();
    await post(`${url}/v1/tickets/${ticketId}/note`, token, { body: 'Mesure' });
    const writtenMs = performance.now() - calledAt;
    const heardAt = await heard;
    if (number >= warmUp) {
      write.push(writtenMs);
      if (count > 0) heardByAll.push(heardAt - calledAt);
    }
    await sleep(pauseMs);
  }
  listeners.close();
  return {
    connections: count,
    write: quantiles(write),
    heardByAll: count > 0 ? quantiles(heardByAll) : null,
  };
};

class Listeners {
  agent = new Agent({ maxSockets: Infinity });
  /** @type {ClientRequest[]} */
  opened = [];
  missing = 0;
  /** @type {(at: number) => void} */
  whenAll = () => undefined;

  /**
   * @param {string} url
   * @param {string} token
   */
  async open(url, token) {
    const call = request(`${url}/v1/events`, {
      agent: this.agent,
      headers: { Authorization: `Bearer ${token}` },
    });
    this.opened.push(call);
    call.on('error', () => undefined).end();
    const response = await responseTo(call);
    if (response.statusCode !== 200) throw new Error(`/v1/events answered ${response.statusCode}`);
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
    this.missing = this.opened.length;
    return new Promise((resolve) => {
      this.whenAll = resolve;
      if (this.missing === 0) resolve(performance.now());
    });
  }

  hear() {
    this.missing -= 1;
    if (this.missing === 0) this.whenAll(performance.now());
  }

  close() {
    for (const call of this.opened) call.destroy();
    this.agent.destroy();
  }
}

const keepAlive = new Agent({ keepAlive: true });

/**
 * @param {ClientRequest} call
 * @returns {Promise<IncomingMessage>}
 */
const responseTo = async (call) => (await once(call, 'response'))[0];

/**
 * @param {string} url
 * @param {string} token
 * @param {object} body
 * @returns {Promise<unknown>}
 */
const post = async (url, token, body) => {
  const call = request(url, {
    method: 'POST',
    agent: keepAlive,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  });
  call.end(JSON.stringify(body));
  const response = await responseTo(call);
  const text = (await response.setEncoding('utf8').toArray()).join('');
  if (response.statusCode !== 200 && response.statusCode !== 201)
    throw new Error(`${url} answered ${response.statusCode}: ${text}`);
  return JSON.parse(text);
};
