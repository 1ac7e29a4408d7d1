// The benchmark of the API's throughput: npm run bench:http. docs/benchmarks.md says what the figures mean.
import { parseArgs } from 'node:util';
import { makeBed } from './bed.mjs';
import { batchOf, load, opening } from './http/load.mjs';
import { render } from './http/report.mjs';
import { startCrud, startProduct, startWithoutDatabase, tokenOf } from './http/servers.mjs';
import { closedLoop, mapValues, median, medianRatio, namesOf, quantile, rounded } from './measure.mjs';
import { beginReport, writeReport } from './report-file.mjs';
import { chosenSections, runSections, section } from './sections.mjs';

/** @import { Load } from './http/load.mjs' */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16,64,256' },
    only: { type: 'string', default: 'opening,sync,reads' },
  },
});
const options = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: values.connections.split(',').map(Number),
};
const commandsABatch = 1_000;
const readers = 64;

const chosen = chosenSections(values.only, ['opening', 'sync', 'reads']);

const bed = await makeBed();
/** @param {Promise<{ url: string, close: () => Promise<void> }>} starting */
const serve = async (starting) => {
  const server = await starting;
  bed.onClose(() => server.close());
  return server.url;
};
const [team, agent] = await Promise.all([tokenOf('mobile-team'), tokenOf('agent')]);

/**
 * @param {Load[]} rounds
 * @returns {Load}
 */
const middle = (rounds) => ({
  rate: median(rounds.map(({ rate }) => rate)),
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
});
/**
 * @param {Load[]} rounds
 * @param {Load[]} baseline
 */
const ratio = (rounds, baseline) => medianRatio(rounds.map(rateOf), baseline.map(rateOf));
/** @param {Load} load */
const rateOf = ({ rate }) => rate;

/**
 * Opens tickets at the contestants in turns, so that whatever slows the machine slows all of them.
 * @param {string} product
 */
const openingSection = async (product) => {
  const urls = {
    product,
    crud: await serve(startCrud(await bed.database('crud'))),
    withoutDatabase: await serve(startWithoutDatabase()),
  };
  /**
   * @param {keyof typeof urls} name
   * @param {number} connections
   * @param {number} seconds
   */
  const open = (name, connections, seconds) =>
    load({
      ...{ url: urls[name], path: '/v1/tickets', method: 'POST', bodyOf: opening, connections, seconds },
      ...(name === 'crud' ? {} : { token: team }),
    });
  const names = namesOf(urls);
  for (const name of names) await open(name, 16, 2);
  const cells = [];
  for (const connections of options.connections) {
    const rounds = mapValues(urls, () => /** @type {Load[]} */ ([]));
    for (let round = 0; round < options.rounds; round += 1) {
      for (const name of names) {
        await bed.checkpoint();
        rounds[name].push(await open(name, connections, options.seconds));
      }
    }
    cells.push({
      connections,
      ...mapValues(rounds, middle),
      toCrud: ratio(rounds.product, rounds.crud),
      toLimit: ratio(rounds.product, rounds.withoutDatabase),
    });
  }
  return cells;
};

/** @param {string} url */
const syncSection = async (url) => {
  const send = async () => {
    const response = await fetch(`${url}/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${team}` },
      body: batchOf(commandsABatch),
    });
    const { results } = /** @type {{ results?: { status: string }[] }} */ (await response.json());
    const applied = results?.filter(({ status }) => status === 'applied').length;
    if (applied !== commandsABatch)
      throw new Error(`a batch was answered ${response.status}, ${applied} applied`);
  };
  await send();
  const cells = [];
  for (const senders of [1, 4]) {
    const { count, ms, latencies } = await closedLoop(send, senders, options.seconds * 1000);
    const [p50, p99] = [rounded(quantile(latencies, 0.5), 0), rounded(quantile(latencies, 0.99), 0)];
    cells.push({ senders, rate: (count * commandsABatch * 1000) / ms, p50, p99 });
  }
  return { commandsABatch, cells };
};

/** @param {string} url */
const readsSection = async (url) => {
  const authorization = { headers: { authorization: `Bearer ${agent}` } };
  const list = /** @type {{ counts: Record<string, number>, items: [{ ticketId: string }] }} */ (
    await (await fetch(`${url}/v1/tickets?limit=1&counts=true`, authorization)).json()
  );
  const tickets = Object.values(list.counts).reduce((sum, count) => sum + count, 0);
  const { ticketId } = list.items[0];
  const cells = [];
  /** @type {[name: string, path: string][]} */
  const reads = [
    ['the first page of active tickets', '/v1/tickets?status=active'],
    ['a ticket', `/v1/tickets/${ticketId}`],
    ['its history', `/v1/tickets/${ticketId}/history`],
  ];
  for (const [name, path] of reads) {
    /** @type {Load[]} */
    const rounds = [];
    // This warms up until all connections to the database are open and have prepared their statements.
    await load({ url, path, token: agent, connections: readers, seconds: 1 });
    for (let round = 0; round < options.rounds; round += 1) {
      rounds.push(await load({ url, path, token: agent, connections: readers, seconds: options.seconds }));
    }
    cells.push({ name, ...middle(rounds) });
  }
  return { tickets, connections: readers, cells };
};

try {
  const report = beginReport(options);
  const product = await serve(startProduct(await bed.database('product')));
  const sections = {
    opening: section(() => openingSection(product), render.opening),
    sync: section(() => syncSection(product), render.sync),
    reads: section(() => readsSection(product), render.reads),
  };
  await runSections(report, sections, chosen);
  await writeReport('http', report);
} finally {
  await bed.close();
}
