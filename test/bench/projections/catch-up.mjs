import { median, rounded, timed } from '../measure.mjs';
import { nameOf, startEngine, typesOf, watch } from './engine.mjs';

/** One statement that counts the same from the log's JSON: what a report by SQL would cost, each time it is asked for. */
const groupBy = `
  SELECT data->'at'->>'establishment', (metadata->>'occurredAt')::timestamptz::date,
         count(*) FILTER (WHERE type = 'TicketOpened'), count(*) FILTER (WHERE type = 'TicketResolved'),
         count(*) FILTER (WHERE type = 'TicketReopened'), count(*) FILTER (WHERE type = 'TicketCancelled'),
         count(*) FILTER (WHERE type = 'TicketMerged')
    FROM event_store.events GROUP BY 1, 2`;

const readAll = async (store, look = () => undefined) => {
  const ended = new AbortController();
  const { signal } = ended;
  for await (const { events, caughtUp } of store.subscribe({ after: 0n, batchSize: 2_000, signal })) {
    for (const event of events) look(event);
    if (caughtUp) break;
  }
  ended.abort();
};

/** An event's JSON is parsed when someone looks at it, as every projection does. */
const parse = ({ data, metadata }) => [data, metadata];

/** Catching up from nothing, and a rebuild, of each projection, beside reading alone and one GROUP BY; round by round. */
export const catchUpSection = async ({ store, pool }, { events, rounds, projections }) => {
  const reading = [];
  const parsing = [];
  const grouping = [];
  const results = typesOf(projections).map((type) => ({
    ...{ type, name: nameOf(type), catchUp: [], rebuild: [], runs: [] },
  }));
  for (let round = 0; round < rounds; round += 1) {
    reading.push(await timed(() => readAll(store)));
    parsing.push(await timed(() => readAll(store, parse)));
    grouping.push(await timed(() => pool.query(groupBy)));
    for (const result of results) {
      await forget(pool, result.name);
      const engine = await startEngine([result.type], { store, pool });
      result.runs.push(await watch(pool, result.name, 'serving', (position) => position >= events));
      result.catchUp.push(elapsed(result.runs.at(-1)));
      await engine.generations.rebuild(engine.find(result.name));
      // Until it is served: compared with the rows it replaces, too.
      const rebuilt = await watch(pool, result.name, 'building', Number.isNaN);
      result.rebuild.push(elapsed(rebuilt));
      await engine.stop();
    }
  }
  const rate = (all) => Math.round((events * 1000) / median(all));
  return {
    events,
    reading: rate(reading),
    parsing: rate(parsing),
    groupBy: rate(grouping),
    projections: results.map(({ name, catchUp, rebuild, runs }) => ({
      name,
      catchUp: rate(catchUp),
      rebuild: rate(rebuild),
      toReading: rounded(median(catchUp.map((ms, index) => reading[index] / ms))),
      toParsing: rounded(median(catchUp.map((ms, index) => parsing[index] / ms))),
      rebuildToParsing: rounded(median(rebuild.map((ms, index) => parsing[index] / ms))),
      growth: growth(runs.at(-1), events),
    })),
  };
};

/** From the first sample that was on its way, so that neither taking the lease nor looking counts. */
const elapsed = (samples) => {
  const from = samples.findLast(({ position }) => position === 0) ?? samples[0];
  return samples.at(-1).at - from.at;
};

const parts = 5;

/** Events a second, and memory, in each fifth of the log. */
const growth = (samples, events) => {
  const ends = Array.from({ length: parts + 1 }, (_, part) =>
    samples.find(({ position }) => position >= (events * part) / parts),
  );
  return ends.slice(1).map((last, part) => ({
    to: (events * (part + 1)) / parts,
    rate: Math.round(((last.position - ends[part].position) * 1000) / (last.at - ends[part].at)),
    rssMiB: Math.round(last.rss / 2 ** 20),
  }));
};

const forget = async (pool, name) => {
  const { rows } = await pool.query(
    `DELETE FROM projections.generations WHERE name = $1
     RETURNING 'projection_' || replace(name, '-', '_') || '_' || generation AS schema`,
    [name],
  );
  for (const { schema } of rows) await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
};
