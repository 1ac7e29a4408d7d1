// What several workers answer beside one: npm run bench:workers. Servers of one and of `--workers` side by side on databases of their
// own, in turns. docs/benchmarks.md says what the figures mean.
import { parseArgs } from 'node:util';
import { makeBed } from './support/bed.mjs';
import { load, opening } from './http/load.mjs';
import { startProduct, tokenOf } from './http/servers.mjs';
import { cpuMicrosecondsWithChildren, median, medianRatio, rounded } from './support/measure.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';
import { count, table } from './support/report.mjs';

/** @typedef {{ rate: number, serverMs: number, postgresMs: number }} Figures */

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    /** Each worker compiles its code for itself: a few seconds are too few on a busy machine. */
    warmup: { type: 'string', default: '15' },
    connections: { type: 'string', default: '64' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const warmUp = Number(values.warmup);
const connections = Number(values.connections);

const bed = await makeBed();

/** @param {string} workers */
const serve = async (workers) => {
  const server = await startProduct(await bed.database(`workers_${workers}`), { WORKERS: workers });
  bed.onClose(() => server.close());
  const token = await tokenOf('agent');
  const answer = await fetch(`${server.url}/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: opening(),
  });
  const { ticketId } = /** @type {{ ticketId: string }} */ (await answer.json());
  const cpu = async () => ({
    server: await cpuMicrosecondsWithChildren(Number(server.pid)),
    postgres: await bed.cpuMicroseconds(),
  });
  /**
   * @param {{ path: string, method?: 'POST', bodyOf?: () => string }} request
   * @returns {Promise<Figures>}
   */
  const measure = async (request, forSeconds = seconds) => {
    const before = await cpu();
    const { rate } = await load({ url: server.url, token, connections, seconds: forSeconds, ...request });
    const after = await cpu();
    /** @param {'server' | 'postgres'} of */
    const ms = (of) => rounded((after[of] - before[of]) / (rate * forSeconds) / 1_000, 3);
    return { rate, serverMs: ms('server'), postgresMs: ms('postgres') };
  };
  return {
    workers,
    read: (forSeconds = seconds) => measure({ path: `/v1/tickets/${ticketId}` }, forSeconds),
    open: (forSeconds = seconds) =>
      measure({ path: '/v1/tickets', method: 'POST', bodyOf: opening }, forSeconds),
  };
};

try {
  const report = beginReport({ workers: Number(values.workers), seconds, rounds, connections });
  const servers = [await serve('1'), await serve(values.workers)];
  /** @type {Record<string, Figures[][]>} */
  const results = { read: [], open: [] };
  for (const kind of /** @type {const} */ (['read', 'open'])) {
    for (const server of servers) await server[kind](warmUp);
    for (let round = 0; round < rounds; round += 1) {
      const figures = [];
      for (const server of servers) figures.push(await server[kind]());
      results[kind]?.push(figures);
    }
  }
  report.workers = results;
  /**
   * @param {string} name
   * @param {Figures[][]} all
   */
  const row = (name, all) => {
    /** @param {number} server */
    const of = (server) => all.flatMap((figures) => figures[server] ?? []);
    /** @param {Figures[]} figures */
    const cpu = (figures) =>
      `${rounded(median(figures.map(({ serverMs }) => serverMs)), 3)} + ${rounded(median(figures.map(({ postgresMs }) => postgresMs)), 3)}`;
    const rates = servers.map((_, server) => of(server).map(({ rate }) => rate));
    const [one = [], several = []] = rates;
    return [
      name,
      ...rates.map((rate) => count(median(rate))),
      medianRatio(several, one).toFixed(2),
      ...servers.map((_, server) => cpu(of(server))),
    ];
  };
  const head = ['', '1', values.workers, 'ratio', 'ms of processor: 1', `ms of processor: ${values.workers}`];
  process.stdout.write(
    `Requests a second by ${connections} connections, and server + PostgreSQL a request\n\n${table(head, [
      row('a ticket is read', results.read ?? []),
      row('a ticket is opened', results.open ?? []),
    ])}\n`,
  );
  await writeReport('workers', report);
} finally {
  await bed.close();
}
