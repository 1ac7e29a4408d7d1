// What tokens, encrypted texts, the access log and the hash chain cost together: npm run bench:security. Two servers side by side, one
// without them, in turns. `--without texts` and the like show what one of them costs.
import { parseArgs } from 'node:util';
import pg from 'pg';
import { makeBed } from './support/bed.mjs';
import { load, opening } from './http/load.mjs';
import { startBareProduct, tokenOf } from './http/servers.mjs';
import { cpuMicroseconds, median, rounded } from './support/measure.mjs';
import { beginReport, writeReport } from './support/report-file.mjs';

/**
 * @typedef {{ rate: number, p50: number, p99: number, cpu: number }} Figures
 * @typedef {{ rate: number, p50: number, p99: number, cpuMicroseconds: number }} Medians
 * @typedef {{ bare: Medians, safe: Medians, ratios: { rate: number, cpu: number } }} Protection
 */

const protections = ['tokens', 'texts', 'accesses', 'chain'];
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    without: { type: 'string', default: protections.join(',') },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);
const without = values.without.split(',');
for (const name of without)
  if (!protections.includes(name)) throw new Error(`--without ${name}: one of ${protections.join(', ')}`);

const bed = await makeBed();
// One for all: where tokens are not looked at, whoever came first is everybody.
const token = await tokenOf('agent', 'producer');

/** What the chain costs is its digests: the columns stay. */
const withoutDigests = `
  CREATE OR REPLACE FUNCTION event_store.digest_of(
    "position" bigint, recorded_at timestamptz, stream text, revision integer, event_id uuid, type text, data text, metadata text
  ) RETURNS bytea LANGUAGE sql STABLE AS $$ SELECT '\\x00'::bytea $$;
  CREATE OR REPLACE FUNCTION event_store.link(previous bytea, seed bytea, digest bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(previous, seed)
  $$`;

/** @param {string} databaseUrl */
const stopChain = async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(withoutDigests);
  await client.end();
};

/**
 * @param {string} name
 * @param {readonly string[]} lacks
 */
const serve = async (name, lacks) => {
  const databaseUrl = await bed.database(name);
  const server = await startBareProduct(databaseUrl, lacks);
  bed.onClose(() => server.close());
  if (lacks.includes('chain')) await stopChain(databaseUrl);
  const { url, pid } = server;
  if (pid === undefined) throw new Error('the server is no process');
  const answer = await fetch(`${url}/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: opening(),
  });
  const { ticketId } = /** @type {{ ticketId: string }} */ (await answer.json());
  /**
   * The processor's time tells what a request costs, whatever else the machine does.
   * @param {{ path: string, method?: 'GET' | 'POST', bodyOf?: () => string }} request
   * @returns {Promise<Figures>}
   */
  const measured = async (request) => {
    const before = await cpuMicroseconds(pid);
    const { rate, p50, p99 } = await load({ url, connections, seconds, token, ...request });
    return { rate, p50, p99, cpu: ((await cpuMicroseconds(pid)) - before) / (rate * seconds) };
  };
  const today = new Date().toISOString().slice(0, 10);
  return {
    open: () => measured({ path: '/v1/tickets', method: 'POST', bodyOf: opening }),
    read: () => measured({ path: `/v1/tickets/${ticketId}` }),
    figures: () => measured({ path: `/v1/billets-quotidiens?from=${today}&to=${today}` }),
  };
};

try {
  // Both are one program of one build: a bundle beside files that are linked by Node would be compared, too.
  const servers = { bare: await serve('bare', without), safe: await serve('safe', []) };
  const report = beginReport({ ...values, without });
  /** @type {Record<string, Protection>} */
  const results = {};
  for (const act of /** @type {const} */ (['open', 'read', 'figures'])) {
    /** @type {Record<'bare' | 'safe', Figures>[]} */
    const rounds = [];
    for (const server of Object.values(servers)) await server[act]();
    for (let round = 0; round < Number(values.rounds); round += 1) {
      // Each is first as often as the other.
      const [first, second] =
        round % 2 === 0 ? /** @type {const} */ (['bare', 'safe']) : /** @type {const} */ (['safe', 'bare']);
      const one = await servers[first][act]();
      const other = await servers[second][act]();
      rounds.push(first === 'bare' ? { bare: one, safe: other } : { bare: other, safe: one });
    }
    /** @param {'bare' | 'safe'} name */
    const medians = (name) => ({
      rate: Math.round(median(rounds.map((round) => round[name].rate))),
      p50: rounded(median(rounds.map((round) => round[name].p50))),
      p99: rounded(median(rounds.map((round) => round[name].p99))),
      cpuMicroseconds: Math.round(median(rounds.map((round) => round[name].cpu))),
    });
    /** @param {'rate' | 'cpu'} what */
    const ratio = (what) => rounded(median(rounds.map(({ bare, safe }) => safe[what] / bare[what])));
    const result = {
      bare: medians('bare'),
      safe: medians('safe'),
      ratios: { rate: ratio('rate'), cpu: ratio('cpu') },
    };
    results[act] = result;
    process.stdout.write(`${JSON.stringify({ act, without, ...result })}\n`);
  }
  await writeReport('security', { ...report, results });
} finally {
  await bed.close();
}
