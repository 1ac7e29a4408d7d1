// What encrypting texts costs: npm run bench:confidential. Two servers side by side, one with its texts in plain, in turns.
import { parseArgs } from 'node:util';
import { makeBed } from './bed.mjs';
import { load, opening } from './http/load.mjs';
import { startPlainProduct, startProduct, tokenOf } from './http/servers.mjs';
import { cpuMicroseconds, median, rounded } from './measure.mjs';

/** @typedef {{ rate: number, p50: number, cpu: number }} Figures */

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
  },
});
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const bed = await makeBed();
const [team, agent] = await Promise.all([tokenOf('mobile-team'), tokenOf('agent')]);

/**
 * @param {string} name
 * @param {(databaseUrl: string) => ReturnType<typeof startProduct>} start
 */
const serve = async (name, start) => {
  const server = await start(await bed.database(name));
  bed.onClose(() => server.close());
  const { url, pid } = server;
  if (pid === undefined) throw new Error('the server is no process');
  const answer = await fetch(`${url}/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${team}` },
    body: opening(),
  });
  const { ticketId } = /** @type {{ ticketId: string }} */ (await answer.json());
  /**
   * The processor's time tells what a request costs, whatever else the machine does.
   * @param {{ path: string, method?: 'GET' | 'POST', token: string, bodyOf?: () => string }} request
   */
  const measured = async (request) => {
    const before = await cpuMicroseconds(pid);
    const { rate, p50 } = await load({ url, connections, seconds, ...request });
    return { rate, p50, cpu: ((await cpuMicroseconds(pid)) - before) / (rate * seconds) };
  };
  return {
    open: () => measured({ path: '/v1/tickets', method: 'POST', token: team, bodyOf: opening }),
    read: () => measured({ path: `/v1/tickets/${ticketId}`, token: agent }),
  };
};

try {
  const servers = {
    plain: await serve('plain', startPlainProduct),
    encrypted: await serve('encrypted', startProduct),
  };
  for (const act of /** @type {const} */ (['open', 'read'])) {
    /** @type {Record<'plain' | 'encrypted', Figures>[]} */
    const rounds = [];
    for (const server of Object.values(servers)) await server[act]();
    for (let round = 0; round < Number(values.rounds); round += 1) {
      // Each is first as often as the other.
      const measure = { plain: () => servers.plain[act](), encrypted: () => servers.encrypted[act]() };
      if (round % 2 === 0)
        rounds.push({ plain: await measure.plain(), encrypted: await measure.encrypted() });
      else rounds.push({ encrypted: await measure.encrypted(), plain: await measure.plain() });
    }
    /**
     * @param {'plain' | 'encrypted'} name
     * @param {keyof Figures} what
     */
    const of = (name, what) => Math.round(median(rounds.map((round) => round[name][what])));
    /** @param {'rate' | 'cpu'} what */
    const ratio = (what) =>
      rounded(median(rounds.map(({ plain, encrypted }) => encrypted[what] / plain[what])));
    /** @param {'plain' | 'encrypted'} name */
    const told = (name) => ({
      rate: of(name, 'rate'),
      p50: of(name, 'p50'),
      cpuMicroseconds: of(name, 'cpu'),
    });
    const ratios = { rate: ratio('rate'), cpu: ratio('cpu') };
    process.stdout.write(
      `${JSON.stringify({ act, plain: told('plain'), encrypted: told('encrypted'), ratios })}\n`,
    );
  }
} finally {
  await bed.close();
}
