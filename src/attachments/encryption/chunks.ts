/** The same bytes in pieces of this size; only the last may be shorter, and there is none of nothing. */
export async function* inChunks(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const part of source) {
    for (let read = 0; read < part.length;) {
      const taken = part.subarray(read, read + size - filled);
      chunk.set(taken, filled);
      filled += taken.length;
      read += taken.length;
      if (filled < size) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** Each item with whether it is the last one; needs one item more than it gives. */
export async function* withLast<Item>(
  items: AsyncIterable<Item>,
): AsyncGenerator<{ item: Item; isLast: boolean }> {
  let before: { item: Item } | undefined;
  for await (const item of items) {
    if (before) yield { ...before, isLast: false };
    before = { item };
  }
  if (before) yield { ...before, isLast: true };
}
