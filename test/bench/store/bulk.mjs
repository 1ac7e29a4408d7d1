import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { from as copyFrom } from 'pg-copy-streams';
import { insertBatch } from './contestants.mjs';
import { mapValues, namesOf, noRounds, ratio, rates, timed } from '../support/measure.mjs';
import { freshAppend } from './payload.mjs';

const rounds = 5;
const batches = 20;
const eventsPerBatch = 1_000;

/**
 * @import { Append, JsonObject } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof bulkSection>>} Bulk
 * @typedef {(appends: Append[]) => Promise<void>} Contestant
 */

/**
 * Appends of 1 000 events, compared with the same batches without a store and with COPY of the same rows. All events are made before the
 * clock starts.
 * @param {Bed} bed
 */
export const bulkSection = async (bed) => {
  const { store } = await bed.eventStore('bulk_ours');
  const batchPool = await bed.plainDatabase('bulk_batches');
  const copyPool = await bed.plainDatabase('bulk_copy');
  const client = await batchPool.connect();
  bed.onClose(() => client.release());
  /** @satisfies {Record<string, Contestant>} */
  const contestants = {
    ours: async (appends) => {
      for (const append of appends) await store.append(append);
    },
    // Two callers append at once: while one batch is written, the next is prepared.
    oursInPairs: (appends) => inPairs(appends, (append) => store.append(append)),
    limit: async (appends) => {
      for (const append of appends) await insertBatch(client, [append]);
    },
    copy: (appends) => copyAll(copyPool, appends),
  };
  await bed.checkpoint();
  const results = noRounds(contestants);
  for (let round = -1; round < rounds; round += 1) {
    for (const name of namesOf(contestants)) {
      const appends = Array.from({ length: batches }, () => freshAppend(eventsPerBatch));
      const ms = await timed(() => contestants[name](appends));
      // The first round warms up.
      if (round >= 0) results[name].push({ count: batches * eventsPerBatch, ms });
    }
  }
  return {
    ...mapValues(results, rates),
    toCopy: ratio(results.ours, results.copy),
    inPairsToCopy: ratio(results.oursInPairs, results.copy),
    toLimit: ratio(results.ours, results.limit),
  };
};

/**
 * @param {Append[]} appends
 * @param {(append: Append) => Promise<unknown>} write
 */
const inPairs = async (appends, write) => {
  const waiting = [...appends];
  const caller = async () => {
    for (let append = waiting.shift(); append; append = waiting.shift()) await write(append);
  };
  await Promise.all([caller(), caller()]);
};

/**
 * One COPY in one transaction: the fastest way to get rows into a table with these indexes.
 * @param {import('pg').Pool} pool
 * @param {Append[]} appends
 */
const copyAll = async (pool, appends) => {
  const client = await pool.connect();
  try {
    const copy = client.query(
      copyFrom('COPY bare (stream, revision, event_id, type, data, metadata, recorded_at) FROM STDIN'),
    );
    await pipeline(Readable.from(appends.map(linesOf)), copy);
  } finally {
    client.release();
  }
};

/** @param {Append} append */
const linesOf = ({ stream, events }) => {
  const at = new Date().toISOString();
  return events
    .map(
      ({ id, type, data, metadata }, index) =>
        `${stream}\t${index + 1}\t${id}\t${type}\t${escaped(data)}\t${escaped(metadata)}\t${at}\n`,
    )
    .join('');
};
/** @param {JsonObject} json */
const escaped = (json) => JSON.stringify(json).replaceAll('\\', '\\\\');
