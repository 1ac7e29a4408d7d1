import { jsonEvent, KurrentDBClient, NO_STREAM, START } from '@kurrent/kurrentdb-client';
import { dist } from '../support/built.mjs';
import { freshAppend } from '../store/payload.mjs';
import { readAll } from '../store/reading.mjs';

/** @typedef {Awaited<ReturnType<typeof openContestants>>} Contestants */

const { KurrentEventStore } = await dist('platform/event-store/kurrentdb/kurrent-event-store.js');

/**
 * The product's engine, and the client that KurrentDB has for Node as its documentation uses it, on the same server.
 * @param {string} url
 */
export const openContestants = async (url) => {
  const store = await KurrentEventStore.connect(url, { setting: 'KURRENTDB_URL' });
  const client = KurrentDBClient.connectionString(url);

  const appendByClient = async () => {
    const { stream, events } = appendOfNobody();
    const proposed = events.map(({ id, type, data, metadata }) => jsonEvent({ id, type, data, metadata }));
    await client.appendToStream(stream, proposed, { streamState: NO_STREAM });
  };
  /** @param {number} events */
  const readByClient = async (events) => {
    let count = 0;
    const subscription = client.subscribeToAll({ fromPosition: START });
    for await (const _ of subscription) {
      count += 1;
      if (count === events) break;
    }
    await subscription.unsubscribe();
    return count;
  };
  return {
    store,
    append: { engine: () => store.append(appendOfNobody()), client: appendByClient },
    read: { engine: () => readAll(store, () => undefined), client: readByClient },
    async close() {
      await store.close();
      await client.dispose();
    },
  };
};

/** An append to the stream of no ticket: the product's projections would fold what it has. */
const appendOfNobody = () => {
  const { stream, ...append } = freshAppend();
  return { ...append, stream: `bench-${stream}` };
};
