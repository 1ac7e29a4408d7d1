import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Establishments } from '../../establishments/index.js';
import {
  categories,
  holdReasons,
  priorities,
  relations,
  resolutionCodes,
} from '../../tickets/domain/ticket.events.js';
import { ticketSchema } from '../../tickets/index.js';
import type { TicketChanged } from './read-changes.js';
import type { Scope } from '../../access/index.js';

const named = { code: z.string(), name: z.string(), timeZone: z.string() };

const referenceSchema = z.object({
  establishments: z
    .array(z.object({ ...named, sites: z.array(z.object(named)) }))
    .describe('All there are, for transfers, too'),
  categories: z.array(z.string()),
  priorities: z.array(z.string()),
  resolutionCodes: z.array(z.string()),
  holdReasons: z.array(z.string()),
  relations: z.array(z.string()),
});
type Reference = z.output<typeof referenceSchema>;

export const tombstoneSchema = z.object({
  ticketId: z.guid(),
  reason: z.enum(['merged', 'transferred']).describe('transferred: out of your establishments'),
  mergedInto: z.guid().nullable(),
});
export type Tombstone = z.output<typeof tombstoneSchema>;

export const changesSchema = z
  .object({
    full: z.boolean().describe('This begins anew: forget what you hold, and take what follows'),
    items: z.array(ticketSchema).describe('Tickets as they are now, in the order of their newest events'),
    tombstones: z.array(tombstoneSchema).describe('Tickets to hold no longer'),
    cursor: z.string().describe('For the next call'),
    more: z.boolean().describe('There is more right now: call again at once'),
    reference: referenceSchema.optional().describe('When all begins anew, and when it has changed'),
  })
  .meta({ id: 'SyncChanges' });
export type ChangesAnswer = z.output<typeof changesSchema>;

/** The reference data that a device needs to write commands without a network, and its hash, by which a change of it is noticed. */
export const referenceDataOf = ({ all }: Establishments): { reference: Reference; hash: string } => {
  const reference: Reference = {
    establishments: all.map(({ code, name, timeZone, sites }) => ({
      ...{ code, name, timeZone },
      sites: sites.map((site) => ({ code: site.code, name: site.name, timeZone: site.timeZone })),
    })),
    categories: [...categories],
    priorities: [...priorities],
    resolutionCodes: [...resolutionCodes],
    holdReasons: [...holdReasons],
    relations: [...relations],
  };
  return { reference, hash: hashOf(reference) };
};

/** A hash of 16 characters of a value's JSON: the same for the same value. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/** The tombstone of a ticket that is gone for readers with this scope; undefined where the ticket is still theirs. */
export const tombstoneOf = (change: TicketChanged, scope: Scope): Tombstone | undefined => {
  const { ticketId } = change;
  if (change.kind === 'ticket') {
    const { mergedInto } = change;
    return mergedInto === null ? undefined : { ticketId, reason: 'merged', mergedInto };
  }
  const stillTheirs = scope === 'all' || scope.includes(change.establishment);
  return stillTheirs ? undefined : { ticketId, reason: 'transferred', mergedInto: null };
};

/** The ticket of a change as JSON; undefined where the ticket is gone. */
export const itemOf = (change: TicketChanged): string | undefined =>
  change.kind === 'ticket' && change.mergedInto === null ? change.json : undefined;
