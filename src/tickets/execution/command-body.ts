import { z } from 'zod';
import { bilingual } from '../../shared/text/bilingual.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { TicketCommandType } from '../domain/ticket.js';

/** Any UUID; kept in lower case, so that two spellings are one id. */
export const uuid = z
  .guid()
  .transform((id) => id.toLowerCase())
  .meta({ format: 'uuid' });

const earliest = Date.parse('1970-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Whether a clock can have shown this time, in milliseconds since 1970. Only within these years can days be named and instants be
 * compared as text.
 */
export const isPlausible = (at: number): boolean => at >= earliest && at <= latest;

export const notPlausible = {
  fr: 'hors des années 1970 à 9999: l’horloge de l’appareil est déréglée',
  en: 'beyond the years 1970 to 9999: the device’s clock is off',
};

/** An RFC 3339 time with its offset, as a device's clock showed it. */
export const clockTime = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => isPlausible(Date.parse(text)), { error: () => bilingual(notPlausible) })
  .transform(instant);

const occurredAt = clockTime.describe(
  'When it happened, by the clock of whoever did it (RFC 3339 with offset); now, when left out.',
);

export { line } from '../../platform/text-schema.js';

/** What every command may carry. `type` and `ticketId` may be repeated from the path, so that a line of an import file is a body too. */
export const commandBody = <Type extends TicketCommandType, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
) =>
  z.strictObject({
    commandId: uuid
      .optional()
      .describe('Made by whoever asks; the same id again is answered with what it did the first time.'),
    type: z.literal(type).optional(),
    ticketId: uuid.optional(),
    occurredAt: occurredAt.optional(),
    ...shape,
  });

/** Optional members every command body has once it is parsed. */
export interface CommandBody {
  type?: string;
  commandId?: string;
  ticketId?: string;
  occurredAt?: Instant;
}
