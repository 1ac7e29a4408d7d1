import { z } from 'zod';
import { positionSchema } from '../../../platform/positions.js';
import type { AnswerLanguage } from '../../../platform/http/request-parameters.js';
import type { BulkOutcome } from '../../batch/bulk.js';
import { resultSchema, resultView } from '../command-result.view.js';

export const bulkAnswerSchema = z
  .object({
    commandId: z.guid().describe('As sent, or made for this call'),
    position: positionSchema.describe('Read with minPosition, this shows what the call did'),
    results: z.array(resultSchema).describe('In the order of ticketIds'),
  })
  .meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.output<typeof bulkAnswerSchema>;

export const bulkView = (
  { commandId, position, results }: BulkOutcome,
  language: AnswerLanguage,
): BulkAnswer => ({
  commandId,
  position: String(position),
  results: results.map((result, index) => resultView(result, language, (field) => placeOf(field, index))),
});

/** Where a field of one ticket's command stands in the call: its id in `ticketIds`, every other field where the call has it. */
const placeOf = (field: string, index: number): string =>
  field === '/ticketId' || field === '' ? `/ticketIds/${index}` : field;
