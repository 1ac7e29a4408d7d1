import { setTimeout as sleep } from 'node:timers/promises';
import { opening } from '../http/load.mjs';
import { startProduct, tokenOf } from '../http/servers.mjs';
import { cpuMicroseconds, quantiles, rounded } from '../support/measure.mjs';
import { Callers } from './callers.mjs';

/**
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof busySection>>} Busy
 */

/** Commands come in groups, one every so often. */
const everyMs = 10;
const warmUpSeconds = 3;

/**
 * What a busy morning is like: `rate` commands come in a second, whether the answers to those before have come or not, while `agents`
 * pages listen to live changes. How long a command takes, with nobody listening and with all; and how long it takes, from the call on,
 * until its change is at each page, in ms. The callers and the listeners run in this process, and the server in a process of its own.
 * The processor that the server and PostgreSQL take goes on until each page has heard, in ms a command.
 * @param {Bed} bed
 */
export const busySection = async (bed, { agents = 200, rate = 500, seconds = 10 } = {}) => {
  const server = await startProduct(await bed.database('busy'), { RATE_LIMIT: '0' });
  const cpu = async () => ({
    server: await cpuMicroseconds(Number(server.pid)),
    postgres: await bed.cpuMicroseconds(),
  });
  try {
    const token = await tokenOf('agent');
    const results = [];
    for (const listening of [0, agents])
      results.push(await measured({ url: server.url, token, cpu, listening, rate, seconds }));
    return { rate, seconds, results };
  } finally {
    await server.close();
  }
};

/**
 * @param {{ url: string, token: string, cpu: () => Promise<{ server: number, postgres: number }>, listening: number, rate: number, seconds: number }} options
 */
const measured = async ({ url, token, cpu, listening, rate, seconds }) => {
  const callers = new Callers(url, token);
  const pages = await Promise.all(Array.from({ length: listening }, () => openPage(callers)));
  try {
    await commandAtRate(callers, rate, warmUpSeconds);
    const before = await cpu();
    const done = await commandAtRate(callers, rate, seconds);
    const last = Math.max(...done.map(({ position }) => position));
    while (pages.some((page) => page.last < last)) await sleep(everyMs);
    const after = await cpu();
    const heard = pages.flatMap(({ heardAt }) =>
      done.map(({ position, calledAt }) => (heardAt.get(position) ?? Infinity) - calledAt),
    );
    const [first] = done;
    const spanMs = Math.max(...done.map(({ calledAt }) => calledAt)) - (first?.calledAt ?? 0);
    return {
      ...{ listening, rate: Math.round((done.length / spanMs) * 1_000) },
      serverMs: rounded((after.server - before.server) / done.length / 1_000),
      postgresMs: rounded((after.postgres - before.postgres) / done.length / 1_000),
      write: quantiles(done.map(({ tookMs }) => tookMs)),
      heard: listening > 0 ? quantiles(heard) : null,
    };
  } finally {
    callers.close();
  }
};

/**
 * @param {Callers} callers
 * @param {number} rate
 * @param {number} seconds
 */
const commandAtRate = async (callers, rate, seconds) => {
  const begin = performance.now();
  const day = new Day(callers);
  /** @type {Promise<{ position: number, calledAt: number, tookMs: number }>[]} */
  const calls = [];
  while (calls.length < rate * seconds) {
    const due = Math.min(rate * seconds, ((performance.now() - begin) / 1_000) * rate);
    while (calls.length < due) calls.push(day.command());
    await sleep(everyMs);
  }
  return Promise.all(calls);
};

/** What comes in on a day: tickets are opened, noted and resolved, each of these equally often. */
class Day {
  /** @type {string[]} */
  opened = [];
  /** @type {string[]} */
  noted = [];

  /** @param {Callers} callers */
  constructor(callers) {
    this.callers = callers;
  }

  async command() {
    const calledAt = performance.now();
    const { headers } = await this.next();
    return { position: Number(headers.position), calledAt, tookMs: performance.now() - calledAt };
  }

  async next() {
    const noted = this.noted.shift();
    if (noted) return this.callers.post(`/v1/tickets/${noted}/resolve`, resolution);
    const opened = this.opened.shift();
    if (opened) {
      const answer = await this.callers.post(`/v1/tickets/${opened}/note`, note);
      this.noted.push(opened);
      return answer;
    }
    const answer = await this.callers.post('/v1/tickets', opening());
    this.opened.push(/** @type {{ ticketId: string }} */ (JSON.parse(answer.text)).ticketId);
    return answer;
  }
}

const note = JSON.stringify({ body: 'Redémarrée, sans effet.' });
const resolution = JSON.stringify({ resolution: { code: 'fixed', note: 'Câble remplacé.' } });

const idField = Buffer.from('id: ');
const newline = 10;

/**
 * A page that listens: when it heard of each position. Only the ids of the events are read, since two hundred pages share this process.
 * @param {Callers} callers
 */
const openPage = async (callers) => {
  const response = await callers.get('/v1/events');
  /** @type {{ last: number, heardAt: Map<number, number> }} */
  const page = { last: 0, heardAt: new Map() };
  /** @type {Buffer} */
  let rest = Buffer.alloc(0);
  response.on('data', (/** @type {Buffer} */ bytes) => {
    const now = performance.now();
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    let from = 0;
    for (;;) {
      const at = all.indexOf(idField, from);
      const end = at === -1 ? -1 : all.indexOf(newline, at);
      if (end === -1) break;
      page.last = Number(all.toString('latin1', at + idField.length, end));
      page.heardAt.set(page.last, now);
      from = end;
    }
    rest = all.subarray(Math.max(from, all.length - 64));
  });
  return page;
};
