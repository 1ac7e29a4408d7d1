import { dist, openDatabase, PostgresEventStore } from './built.mjs';

const { migrations } = await dist('boot/registry.js');

/**
 * @import { Bed } from './bed.mjs'
 * @typedef {Awaited<ReturnType<typeof openProduct>>} Product
 */

/**
 * A database of the bed with the product's whole schema, and the event store on it.
 * @param {Bed} bed
 * @param {string} name
 */
export const openProduct = async (bed, name) => {
  const url = await bed.database(name);
  const pool = await openDatabase({ url, migrations });
  bed.onClose(() => pool.end());
  const store = new PostgresEventStore(pool);
  bed.onClose(() => store.close());
  return { url, pool, store };
};
