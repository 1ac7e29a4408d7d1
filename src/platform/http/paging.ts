import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { decodeUtf8 } from '../../shared/text/utf8.js';
import { Problem } from './problems/problem.js';

const defaultLimit = 50;
const maxLimit = 500;

/** The parameters of every list. */
export const pagingQuery = {
  limit: z.coerce.number().int().min(1).max(maxLimit).default(defaultLimit).describe('Most items of a page'),
  cursor: z.string().max(500).optional().describe('Where the page begins: «nextCursor» of the page before'),
};

/** What every list has beside its items. */
export const pageShape = {
  nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one'),
};

/** An instant that a cursor of ours tells: neither calendar at work here, PostgreSQL's nor Temporal's, has all that has its shape. */
export const cursorInstantSchema = z.iso
  .datetime({ precision: 3 })
  .refine((text) => text >= '1970' && text.length === '0000-00-00T00:00:00.000Z'.length);

export const writeCursor = (value: Readonly<Record<string, string>>): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** Throws `malformed` for what was not written by `writeCursor`, or not for this list. */
export const readCursor = <Cursor>(cursor: string, schema: z.ZodType<Cursor>): Cursor => {
  const { data, success } = schema.safeParse(parsed(cursor));
  if (success) return data;
  const message = {
    fr: 'attendu: «nextCursor» d’une page de cette liste',
    en: 'expected «nextCursor» of a page of this list',
  };
  throw new Problem('malformed', { errors: [{ pointer: '?cursor', message }] });
};

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(decodeUtf8(Buffer.from(cursor, 'base64url')));
  } catch {
    return undefined;
  }
};

/** Says in the `Link` header that another page follows: the same request, from the cursor on. Returns the answer's `nextCursor`. */
export const linkNext = (
  { url }: Pick<FastifyRequest, 'url'>,
  reply: FastifyReply,
  cursor: string | null | undefined,
): string | null => {
  if (cursor == null) return null;
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('cursor', cursor);
  void reply.header('Link', `<${next.pathname}${next.search}>; rel="next"`);
  return cursor;
};
