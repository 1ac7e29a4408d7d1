import { z } from 'zod';
import { readCursor, writeCursor } from '../../../platform/http/paging.js';
import { cursorPositionSchema } from '../../../platform/positions.js';

/** Items on a page: a screen or two. */
export const pageSize = 50;

/** Where a page of a list begins. Every page is as known at the position of the first, so that the items of all pages add up. */
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

/** The place in a cursor; the beginning without one. Throws `malformed` for a cursor that these pages have not written. */
export const listPlaceOf = (cursor: string | undefined): ListPlace => {
  if (cursor === undefined) return { after: 0n, shown: 0 };
  const { after, known, shown } = readCursor(cursor, cursorSchema);
  return { after: BigInt(after), known: BigInt(known), shown: Number(shown) };
};

/** The cursor of the next page; undefined on the last page. */
export const listCursorAfter = (
  { items, more }: { items: readonly { position: string }[]; more: boolean },
  { shown }: ListPlace,
  known: bigint,
): string | undefined => {
  const last = items.at(-1);
  if (!more || !last) return undefined;
  return writeCursor({ after: last.position, known: String(known), shown: String(shown + items.length) });
};
