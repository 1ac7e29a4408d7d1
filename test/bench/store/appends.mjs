import { emmett, limit, ours, plainInsert } from './contestants.mjs';
import { closedLoop, mapValues, namesOf, ratio, summary } from '../support/measure.mjs';

/**
 * @import { Bed } from '../support/bed.mjs'
 * @import { RoundOfCalls } from '../support/measure.mjs'
 * @typedef {(inFlight: number, ms: number) => Promise<RoundOfCalls>} Contestant
 * @typedef {Awaited<ReturnType<typeof measured>>} AppendCell
 */

const rounds = 5;

/**
 * Appends of one event to fresh streams, `inFlight` at a time: by our store, Emmett, plain inserts and the limit, in turns.
 * @param {Bed} bed
 * @param {{ inFlight: number[], seconds: number }} options
 */
export const appendSection = async (bed, { inFlight: columns, seconds }) => {
  const { store } = await bed.eventStore('append_ours');
  const limitClient = await (await bed.plainDatabase('append_limit')).connect();
  bed.onClose(() => limitClient.release());
  /** @type {(append: () => Promise<unknown>) => Contestant} */
  const byCalls = (append) => (inFlight, ms) => closedLoop(append, inFlight, ms);
  const contestants = {
    ours: byCalls(ours(store)),
    emmett: byCalls(await emmett(bed)),
    plain: byCalls(plainInsert(await bed.plainDatabase('append_plain'))),
    limit: limit(limitClient),
  };
  for (const run of Object.values(contestants)) await run(64, 300);
  const cells = [];
  for (const inFlight of columns) cells.push(await measured(bed, contestants, inFlight, seconds * 1000));
  return cells;
};

/**
 * @param {Bed} bed
 * @param {Record<'ours' | 'emmett' | 'plain' | 'limit', Contestant>} contestants
 * @param {number} inFlight
 * @param {number} ms
 */
const measured = async (bed, contestants, inFlight, ms) => {
  await bed.checkpoint();
  const results = mapValues(contestants, () => /** @type {RoundOfCalls[]} */ ([]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of namesOf(contestants))
      results[name].push(await contestants[name](inFlight, ms / rounds));
  }
  return {
    inFlight,
    ...mapValues(results, summary),
    toEmmett: ratio(results.ours, results.emmett),
    toPlain: ratio(results.ours, results.plain),
    toLimit: ratio(results.ours, results.limit),
  };
};
