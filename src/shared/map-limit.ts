/** What each entry came to, in their order, `most` of them in hand at once. At the first that fails no other is begun; rejects with it. */
export const mapLimit = async <Entry, Value>(
  most: number,
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
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, work));
  return values;
};
