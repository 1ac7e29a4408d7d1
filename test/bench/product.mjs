import { dist, openDatabase, PostgresEventStore } from './built.mjs';

const { migrations } = await dist('boot/registry.js');

/** A database of the bed with all that the product has in its own, and the event store on it. */
export const openProduct = async (bed, name) => {
  const url = await bed.database(name);
  const pool = await openDatabase({ url, migrations });
  bed.onClose(() => pool.end());
  const store = new PostgresEventStore(pool);
  bed.onClose(() => store.close());
  return { url, pool, store };
};
