import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startBareProduct, startProduct } from '../http/servers.mjs';
import { dist } from '../support/built.mjs';
import { ticketParts } from '../figures/ticket-parts.mjs';
import { openProduct } from '../support/product.mjs';

/**
 * @import { EventStore, RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 */

const { instant } = await dist('shared/instant.js');
const project = fileURLToPath(new URL('../../../', import.meta.url));
const weekMs = 7 * 24 * 3_600_000;
const batchSize = 1_000;

/**
 * The events of the sample week. The product imports them the first time, with their texts in plain: copied to other tickets they have no
 * keys, and searches would find nothing in them.
 * @param {Bed} bed
 */
export const readSample = async (bed) => {
  const week = await openProduct(bed, 'sample');
  if ((await week.store.lastPosition()) === 0n)
    await importSampleAt(await startBareProduct(week.url, ['texts']));
  const events = await readLog(week.store);
  if (events.some(({ metadata }) => 'encrypted' in metadata))
    throw new Error('the kept sample has encrypted texts: begin with an empty --data folder');
  return events;
};

/**
 * Runs the built server on a database and sends it the sample week. Resolves with how many ms that took, once every command was answered.
 * @param {string} databaseUrl
 * @param {Record<string, string>} settings
 */
export const importSample = async (databaseUrl, settings = {}) =>
  importSampleAt(await startProduct(databaseUrl, settings));

/**
 * Sends the sample week to a server, and stops it. Resolves with how many ms the sending took.
 * @param {Awaited<ReturnType<typeof startProduct>>} server
 */
const importSampleAt = async (server) => {
  const file = `${project}src/demo/sample-week/dsn-premiere-semaine.ndjson.gz`;
  const args = [`${project}dist/bundle/cli/import.js`, file, '--url', server.url, '--again'];
  const env = { PATH: process.env.PATH };
  const startedAt = performance.now();
  const sending = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(sending, 'exit');
  const ms = performance.now() - startedAt;
  await server.close();
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return ms;
};

/**
 * All events of a log, in order.
 * @param {EventStore} store
 */
const readLog = async (store) => {
  /** @type {RecordedEvent[]} */
  const events = [];
  const ended = new AbortController();
  for await (const batch of store.subscribe({ after: 0n, signal: ended.signal })) {
    events.push(...batch.events);
    if (batch.caughtUp) break;
  }
  ended.abort();
  return events;
};

/**
 * Yields batches of `events` events of the sample's mix, as `restore` takes them: the same week again and again, each time with other
 * tickets and seven days later.
 * @param {RecordedEvent[]} sample
 * @param {number} events
 */
export function* weeks(sample, events) {
  let left = events;
  let position = 0n;
  for (let week = 0; left > 0; week += 1) {
    /** @type {Map<string, string>} */
    const tickets = new Map();
    /** @param {string} id */
    const renamed = (id) => {
      const name = tickets.get(id) ?? randomUUID();
      tickets.set(id, name);
      return name;
    };
    /** @param {string} at */
    const later = (at) => instant(Date.parse(at) + week * weekMs);
    const again = sample.slice(0, left).map((event) => {
      const { stream, revision, type, recordedAt } = event;
      const { data, metadata } = ticketParts(event);
      const { opened, into } = data;
      position += 1n;
      return {
        ...{ id: randomUUID(), stream: `ticket-${renamed(stream)}`, revision, position, type },
        data: {
          ...data,
          ...(opened ? { opened: { ...opened, occurredAt: later(opened.occurredAt) } } : {}),
          ...(type === 'TicketMerged' ? { into: renamed(`ticket-${into}`) } : {}),
        },
        metadata: {
          ...metadata,
          occurredAt: later(metadata.occurredAt),
          claimedAt: later(metadata.claimedAt),
        },
        recordedAt: later(recordedAt),
      };
    });
    left -= again.length;
    for (let index = 0; index < again.length; index += batchSize) yield again.slice(index, index + batchSize);
  }
}
