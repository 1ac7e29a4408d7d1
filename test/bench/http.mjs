// How much the API takes: npm run bench:http. What the figures mean: docs/benchmarks.md.
import { parseArgs } from 'node:util';
import { makeBed } from './bed.mjs';
import { batchOf, load, opening } from './http/load.mjs';
import { render } from './http/report.mjs';
import { startCrud, startProduct, startWithoutDatabase, tokenOf } from './http/servers.mjs';
import { closedLoop, median, quantile, rounded } from './measure.mjs';
import { beginReport, writeReport } from './report-file.mjs';

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

const bed = await makeBed();
const serve = async (starting) => {
  const server = await starting;
  bed.onClose(() => server.close());
  return server.url;
};
const [team, agent] = await Promise.all([tokenOf('mobile-team'), tokenOf('agent')]);

const middle = (rounds) => ({
  rate: median(rounds.map(({ rate }) => rate)),
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
});
const ratio = (rounds, others) => rounded(median(rounds.map(({ rate }, index) => rate / others[index].rate)));

/** In turns, so that what slows the machine slows all of them. */
const openingSection = async (product) => {
  const urls = {
    product,
    crud: await serve(startCrud(await bed.database('crud'))),
    withoutDatabase: await serve(startWithoutDatabase()),
  };
  const open = (name, connections, seconds) =>
    load({
      ...{ url: urls[name], path: '/v1/tickets', method: 'POST', bodyOf: opening, connections, seconds },
      ...(name === 'crud' ? {} : { token: team }),
    });
  const names = Object.keys(urls);
  for (const name of names) await open(name, 16, 2);
  const cells = [];
  for (const connections of options.connections) {
    const rounds = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < options.rounds; round += 1) {
      for (const name of names) {
        await bed.checkpoint();
        rounds[name].push(await open(name, connections, options.seconds));
      }
    }
    cells.push({
      connections,
      ...Object.fromEntries(names.map((name) => [name, middle(rounds[name])])),
      toCrud: ratio(rounds.product, rounds.crud),
      toLimit: ratio(rounds.product, rounds.withoutDatabase),
    });
  }
  return cells;
};

const syncSection = async (url) => {
  const send = async () => {
    const response = await fetch(`${url}/v1/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${team}` },
      body: batchOf(commandsABatch),
    });
    const { results } = await response.json();
    const applied = results?.filter(({ status }) => status === 'applied').length;
    if (applied !== commandsABatch)
      throw new Error(`a batch was answered ${response.status}, ${applied} applied`);
  };
  await send();
  const cells = [];
  for (const senders of [1, 4]) {
    const { count, ms, latencies } = await closedLoop(send, senders, options.seconds * 1000);
    const [p50, p99] = [0.5, 0.99].map((q) => rounded(quantile(latencies, q), 0));
    cells.push({ senders, rate: (count * commandsABatch * 1000) / ms, p50, p99 });
  }
  return { commandsABatch, cells };
};

const readsSection = async (url) => {
  const authorization = { headers: { authorization: `Bearer ${agent}` } };
  const list = await (await fetch(`${url}/v1/tickets?limit=1&counts=true`, authorization)).json();
  const tickets = Object.values(list.counts).reduce((sum, one) => sum + one, 0);
  const { ticketId } = list.items[0];
  const cells = [];
  for (const [name, path] of [
    ['the first page of active tickets', '/v1/tickets?status=active'],
    ['a ticket', `/v1/tickets/${ticketId}`],
    ['its history', `/v1/tickets/${ticketId}/history`],
  ]) {
    const rounds = [];
    // Until all connections to the database are open, and know their statements.
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
  const sections = { opening: openingSection, sync: syncSection, reads: readsSection };
  for (const name of values.only.split(',')) {
    process.stderr.write(`${name} …\n`);
    report[name] = await sections[name](product);
    process.stdout.write(`${render[name](report[name])}\n\n`);
  }
  await writeReport('http', report);
} finally {
  await bed.close();
}
