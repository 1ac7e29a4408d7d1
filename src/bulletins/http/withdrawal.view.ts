import { z } from 'zod';
import { positionSchema } from '../../platform/positions.js';
import { text } from '../../platform/text-schema.js';

export const withdrawBody = z
  .strictObject({ reason: text(1_000).describe('Shown to every reader of the bulletin') })
  .meta({ id: 'BulletinWithdrawal' });
export type WithdrawBody = z.output<typeof withdrawBody>;

export const deletedSchema = z
  .object({ date: z.iso.date(), deleted: z.literal(true), position: positionSchema })
  .meta({ id: 'DeletedDraft' });
export type Deleted = z.output<typeof deletedSchema>;
