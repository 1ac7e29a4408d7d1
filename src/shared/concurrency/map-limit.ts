/**
 * The results of all entries, in their order, with at most `limit` handled at once. Once one fails no further entry is begun, and the
 * promise rejects with its error.
 */
export const mapLimit = async <Entry, Value>(
  limit: number,
  entries: readonly Entry[],
  handle: (entry: Entry) => Promise<Value>,
): Promise<Value[]> => {
  const values = new Array<Value>(entries.length);
  const queue = entries.entries();
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (const [index, entry] of queue) {
      if (hasFailed) return;
      try {
        values[index] = await handle(entry);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, entries.length) }, work));
  return values;
};
