import { z } from 'zod';
import { positionSchema } from '../../../platform/positions.js';
import type { AnswerLanguage } from '../../../platform/http/request-parameters.js';
import type { SyncOutcome } from '../../batch/sync-batch.js';
import { resultSchema, resultView } from '../command-result.view.js';

export const syncAnswerSchema = z
  .object({
    position: positionSchema.describe('Read with minPosition, this shows what the batch did'),
    clockSkewMs: z.number().nullable().describe('How far the device’s clock is ahead; null without sentAt'),
    results: z.array(resultSchema).describe('In the order sent'),
  })
  .meta({ id: 'SyncAnswer' });
export type SyncAnswer = z.output<typeof syncAnswerSchema>;

export const syncView = (
  { position, clockSkewMs, results }: SyncOutcome,
  language: AnswerLanguage,
): SyncAnswer => ({
  position: String(position),
  clockSkewMs,
  results: results.map((result, index) =>
    resultView(result, language, (field) => `/commands/${index}${field}`),
  ),
});
