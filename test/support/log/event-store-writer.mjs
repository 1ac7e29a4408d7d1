// A process of eight writers, to be killed by tests: node event-store-writer.mjs NUMBER URL, with an IPC channel.
// It reports acknowledged appends, and violations of the store's promises; any message lets it finish what it has begun, and end.
// DIST names another build of the product.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** @import { Append, Appended } from '../../../src/platform/event-store/event-store.js' */

const [number, url] = process.argv.slice(2);
const dist = process.env.DIST
  ? `file://${process.env.DIST}`
  : new URL('../../../dist/bundle', import.meta.url).href;
/** @type {typeof import('../../../src/platform/event-store/postgres/postgres-event-store.js')} */
const { PostgresEventStore } = await import(`${dist}/platform/event-store/postgres/postgres-event-store.js`);
/** @type {typeof import('../../../src/platform/event-store/event-store.js')} */
const { EventIdReused, EventStoreUnavailable, VersionConflict } = await import(
  `${dist}/platform/event-store/event-store.js`
);

const writers = 8;
const sharedStreams = 12;
const twinEveryMs = 100;
const tellEveryMs = 10;

const pool = new pg.Pool({ connectionString: url, max: 20, connectionTimeoutMillis: 5_000 });
pool.on('error', () => undefined);
// As the product's own pool does: a connection that breaks while it is checked out emits more than one error.
pool.on('connect', (client) => client.on('error', () => undefined));
const store = new PostgresEventStore(pool);

let stopped = false;
const counts = { appended: 0, duplicate: 0, conflict: 0, reused: 0, retried: 0 };
/** @type {object[]} */
const acknowledged = [];
/** @type {string[]} */
const violations = [];

/**
 * Reports to the parent process; resolves when the report is sent, after which it arrives even if this process is killed.
 * @returns {Promise<unknown>}
 */
const tell = () =>
  new Promise((sent) =>
    process.send?.({ acknowledged: acknowledged.splice(0), violations: violations.splice(0), counts }, sent),
  );
process.on('message', () => (stopped = true));
// Without its parent process there is nothing to write for.
process.on('disconnect', () => process.exit());

/** @param {number} below */
const random = (below) => Math.floor(Math.random() * below);
/** @param {string} id */
const eventOf = (id) => ({
  id,
  type: 'Noted',
  data: { id, text: 'é'.repeat(random(100)) },
  metadata: { by: number },
});
const newEvents = () => Array.from({ length: 1 + random(3) }, () => eventOf(randomUUID()));

/**
 * Makes an append, again and again while the store is unavailable, as a client would; resolves to its answer.
 * @param {Append} append
 * @returns {Promise<Appended>}
 */
const ask = async (append) => {
  for (;;) {
    try {
      const answer = await store.append(append);
      acknowledged.push({
        stream: append.stream,
        ids: append.events.map(({ id }) => id),
        revision: answer.revision,
        position: String(answer.position),
        recordedAt: answer.recordedAt,
        duplicate: answer.duplicate,
      });
      counts[answer.duplicate ? 'duplicate' : 'appended'] += 1;
      return answer;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      counts.retried += 1;
      await sleep(20 + random(80));
    }
  }
};

/** @type {Map<string, number>} */
const known = new Map();
/** @type {{ append: Append, answer: Appended } | undefined} */
let last;

/** Appends to a stream that every process writes to; after a conflict it tries again, at the revision that the stream has now. */
const toShared = async () => {
  const stream = `shared-${random(sharedStreams)}`;
  const events = newEvents();
  for (;;) {
    const append = { stream, expectedRevision: known.get(stream) ?? 0, events };
    try {
      const answer = await ask(append);
      known.set(stream, Math.max(answer.revision, known.get(stream) ?? 0));
      last = { append, answer };
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      counts.conflict += 1;
      if (error.actualRevision === append.expectedRevision)
        violations.push(`conflict with what was expected: ${error.message}`);
      known.set(stream, error.actualRevision);
    }
  }
};

const toFresh = async () => {
  const append = { stream: `fresh-${randomUUID()}`, expectedRevision: 0, events: newEvents() };
  const answer = await ask(append);
  last = { append, answer };
};

/** Repeats an earlier append, which by now is in another flush. */
const again = async () => {
  if (!last) return;
  const { append, answer } = last;
  sameAnswer(answer, await ask(append));
};

/** Makes the same append twice in one tick; one of the two must be the duplicate. */
const twiceAtOnce = async () => {
  const append = { stream: `twice-${randomUUID()}`, expectedRevision: 0, events: newEvents() };
  const [first, second] = await Promise.all([ask(append), ask(append)]);
  sameAnswer(first, { ...second, duplicate: true });
};

/**
 * @param {Appended} first
 * @param {Appended} second
 */
const sameAnswer = (first, second) => {
  const { revision, position, recordedAt } = first;
  const same = second.duplicate && second.revision === revision && second.position === position;
  if (!same || second.recordedAt !== recordedAt)
    violations.push(`answered ${text(first)} and then ${text(second)}`);
};
/** @param {Appended} value */
const text = (value) =>
  JSON.stringify(value, (_, /** @type {unknown} */ member) =>
    typeof member === 'bigint' ? String(member) : member,
  );

/** Makes an append that another process, whose number differs in the last bit, makes too, at about the same time. */
const twin = async () => {
  const slot = Math.ceil(Date.now() / twinEveryMs);
  await sleep(slot * twinEveryMs - Date.now());
  const stream = `twin-${Math.floor(Number(number) / 2)}-${slot}`;
  await ask({
    stream,
    expectedRevision: 0,
    events: ['a', 'b'].map((name) => eventOf(uuidOf(`${stream} ${name}`))),
  });
};
/** @param {string} name */
const uuidOf = (name) =>
  createHash('md5')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Appends an event id that is used already to another stream, alone or beside a new event; the store must refuse it. */
const reused = async () => {
  if (!last) return;
  const [event] = last.append.events;
  if (!event) throw new Error('an append holds an event');
  const events = random(2) === 0 ? [event] : [eventOf(randomUUID()), event];
  try {
    await ask({ stream: `reused-${randomUUID()}`, expectedRevision: 0, events });
    violations.push(`event id ${event.id} was taken twice`);
  } catch (error) {
    if (!(error instanceof EventIdReused)) throw error;
    counts.reused += 1;
  }
};

const kinds = [toShared, toShared, toShared, toFresh, toFresh, again, twiceAtOnce, reused];

/** @param {number} writer */
const write = async (writer) => {
  while (!stopped) {
    // One writer only makes twins, so that both processes of a pair always do.
    const kind = kinds[random(kinds.length)] ?? toFresh;
    await (writer === 0 ? twin : kind)();
    await sleep(random(8));
  }
};

const telling = setInterval(() => void tell(), tellEveryMs);
try {
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
} catch (error) {
  violations.push(error instanceof Error ? String(error.stack) : String(error));
}
clearInterval(telling);
await tell();
await store.close();
await pool.end();
process.disconnect();
