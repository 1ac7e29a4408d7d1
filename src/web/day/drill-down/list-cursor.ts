import { z } from 'zod';
import { readCursor, writeCursor } from '../../../platform/http/paging.js';
import { cursorPositionSchema } from '../../../platform/positions.js';

/** Items of a page: a screen or two. */
export const pageSize = 50;

/** Where a page of a list begins. Every page tells of what was known at the first one, so that all of them add up. */
export interface ListPlace {
  after: bigint;
  /** Absent on the first page. */
  known?: bigint;
  /** Items on the pages before. */
  shown: number;
}

const cursorSchema = z.strictObject({
  after: cursorPositionSchema,
  known: cursorPositionSchema,
  shown: z.string().regex(/^\d{1,9}$/),
});

/** Throws `malformed` for what no page of ours has written. */
export const listPlaceOf = (cursor: string | undefined): ListPlace => {
  if (cursor === undefined) return { after: 0n, shown: 0 };
  const { after, known, shown } = readCursor(cursor, cursorSchema);
  return { after: BigInt(after), known: BigInt(known), shown: Number(shown) };
};

/** The cursor of the page after this one; undefined where nothing follows. */
export const listCursorAfter = (
  { items, more }: { items: readonly { position: string }[]; more: boolean },
  { shown }: ListPlace,
  known: bigint,
): string | undefined => {
  const last = items.at(-1);
  if (!more || !last) return undefined;
  return writeCursor({ after: last.position, known: String(known), shown: String(shown + items.length) });
};
