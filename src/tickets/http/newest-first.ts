import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { linkNext, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema, minPositionQuery } from '../../platform/positions.js';
import type { ErasurePage } from '../erasure/erasure-statements.js';

export const newestFirstQuery = minPositionQuery.extend(pagingQuery);
export type NewestFirstQuery = z.output<typeof newestFirstQuery>;

const cursorSchema = z.strictObject({ before: cursorPositionSchema });

/** A page of rows by position, newest first, with the address of the next one. Throws `malformed`. */
export const newestFirst = async <Row extends { position: string }>(
  { limit, cursor }: NewestFirstQuery,
  read: (page: ErasurePage) => Promise<Row[]>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<{ rows: Row[]; nextCursor: string | null }> => {
  const before = cursor === undefined ? undefined : readCursor(cursor, cursorSchema).before;
  const found = await read({ before, limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const nextCursor = linkNext(request, reply, last && writeCursor({ before: last.position }));
  return { rows, nextCursor };
};
