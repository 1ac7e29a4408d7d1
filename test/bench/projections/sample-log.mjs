import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startProduct } from '../http/servers.mjs';
import { openProduct } from '../product.mjs';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const weekMs = 7 * 24 * 3_600_000;
const batchSize = 1_000;

/** The events of the sample week, imported by the product the first time. */
export const readSample = async (bed) => {
  const week = await openProduct(bed, 'sample');
  if ((await week.store.lastPosition()) === 0n) await importSample(week.url);
  return readLog(week.store);
};

/** Runs the built server on a database and sends it the sample week; resolves when all of it was answered. */
const importSample = async (databaseUrl) => {
  const server = await startProduct(databaseUrl);
  const file = `${project}src/demo/sample-week/dsn-premiere-semaine.ndjson.gz`;
  const args = [`${project}dist/cli/import.js`, file, '--url', server.url, '--again'];
  const env = { PATH: process.env.PATH };
  const sending = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(sending, 'exit');
  await server.close();
  if (code !== 0) throw new Error(`the import ended with ${code}`);
};

/** All events of a log, in order. */
const readLog = async (store) => {
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
 * The same week again and again, each time with other tickets and seven days later: events of the sample's mix without end, as
 * `restore` takes them. Yields batches.
 */
export function* weeks(sample, events) {
  let left = events;
  for (let week = 0; left > 0; week += 1) {
    const tickets = new Map();
    const renamed = (id) => {
      if (!tickets.has(id)) tickets.set(id, randomUUID());
      return tickets.get(id);
    };
    const later = (at) => new Date(Date.parse(at) + week * weekMs).toISOString();
    const again = sample.slice(0, left).map(({ stream, revision, type, data, metadata, recordedAt }) => ({
      id: randomUUID(),
      stream: `ticket-${renamed(stream)}`,
      revision,
      type,
      data: {
        ...data,
        ...(data.opened ? { opened: { ...data.opened, occurredAt: later(data.opened.occurredAt) } } : {}),
        ...(type === 'TicketMerged' ? { into: renamed(`ticket-${data.into}`) } : {}),
      },
      metadata: { ...metadata, occurredAt: later(metadata.occurredAt), claimedAt: later(metadata.claimedAt) },
      recordedAt: later(recordedAt),
    }));
    left -= again.length;
    for (let index = 0; index < again.length; index += batchSize) yield again.slice(index, index + batchSize);
  }
}
