import { emmett, limit, ours, plainInsert } from './contestants.mjs';
import { closedLoop, ratio, summary } from './measure.mjs';

const rounds = 5;

/** One event an append to fresh streams, so many in flight: ours, Emmett, plain inserts and the limit, in turns. */
export const appendSection = async (bed, { inFlight: columns, seconds }) => {
  const { store } = await bed.eventStore('append_ours');
  const limitClient = await (await bed.plainDatabase('append_limit')).connect();
  bed.onClose(() => limitClient.release());
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

const measured = async (bed, contestants, inFlight, ms) => {
  await bed.checkpoint();
  const results = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(contestants))
      results[name].push(await run(inFlight, ms / rounds));
  }
  return {
    inFlight,
    ...Object.fromEntries(Object.entries(results).map(([name, all]) => [name, summary(all)])),
    toEmmett: ratio(results.ours, results.emmett),
    toPlain: ratio(results.ours, results.plain),
    toLimit: ratio(results.ours, results.limit),
  };
};
