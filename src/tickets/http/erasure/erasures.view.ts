import { z } from 'zod';
import { problemSchema } from '../../../platform/http/openapi.js';
import { pageShape } from '../../../platform/http/paging.js';
import { problemDocument } from '../../../platform/http/problems/send-problem.js';
import type { AnswerLanguage } from '../../../platform/http/request-parameters.js';
import { toProblem } from '../../../platform/http/problems/to-problem.js';
import { line } from '../../../platform/text-schema.js';
import { positionSchema } from '../../../platform/positions.js';
import { uuid } from '../../execution/command-body.js';
import type { ErasureRow, HoldRow } from '../../erasure/erasure-lists.js';
import type { ErasedTexts, ErasureResult } from '../../erasure/erasures.js';

const maxTickets = 500;
const named = 'It stays for good, in the histories too: name nobody in it';
export const reasonSchema = line(200).describe(`Why. ${named}`);

export const erasureBody = z.strictObject({
  reason: reasonSchema,
  basis: line(200).describe(`By which rule of law. ${named}`),
});
export type ErasureBody = z.output<typeof erasureBody>;

export const erasuresBody = erasureBody.extend({
  tickets: z.array(uuid).min(1).max(maxTickets),
});
export type ErasuresBody = z.output<typeof erasuresBody>;

const erasedShape = {
  ticketId: z.guid(),
  status: z.enum(['erased', 'already-erased']),
  erasedAt: z.iso.datetime().describe('The first time'),
  reason: z.string(),
  basis: z.string(),
  texts: z.int().describe('How many texts there were; 0 where they were gone already'),
  position: positionSchema.describe('Read with minPosition, nothing shows any of them'),
};
const emptied = z
  .boolean()
  .describe('Lists, search and everything else that is read hold none of them by now; else within moments');

export const erasedSchema = z.object({ ...erasedShape, emptied }).meta({ id: 'ErasedTexts' });

export const erasedAllSchema = z
  .object({
    emptied,
    results: z
      .array(
        z.union([
          z.object(erasedShape),
          z.object({ ticketId: z.guid(), status: z.literal('refused'), problem: problemSchema }),
        ]),
      )
      .describe('In the order of tickets, each once'),
  })
  .meta({ id: 'ErasedTextsOfAll' });

export const erasedView = ({ ticketId, status, erasedAt, reason, basis, texts, position }: ErasedTexts) => ({
  ...{ ticketId, status, erasedAt, reason, basis, texts },
  position: String(position),
});

export const erasureResultView = (result: ErasureResult, language: AnswerLanguage) =>
  'error' in result
    ? {
        ticketId: result.ticketId,
        status: 'refused' as const,
        problem: problemDocument(toProblem(result.error), language()),
      }
    : erasedView(result);

const holdShape = {
  ticketId: z.guid(),
  establishment: z.string().describe('Where the ticket was then'),
  at: z.iso.datetime().describe('When that was recorded'),
  actor: z.string(),
  reason: z.string(),
  position: positionSchema,
};

export const erasureListSchema = z
  .object({ items: z.array(z.object({ ...holdShape, basis: z.string() })), ...pageShape })
  .meta({ id: 'Erasures' });

export const holdListSchema = z
  .object({ items: z.array(z.object(holdShape)), ...pageShape })
  .meta({ id: 'LegalHolds' });

export const holdItem = ({ ticket_id: ticketId, establishment, at, actor, reason, position }: HoldRow) => ({
  ...{ ticketId, establishment, at: at.toISOString(), actor, reason, position },
});

export const erasureItem = ({ basis, ...row }: ErasureRow) => ({ ...holdItem(row), basis });
