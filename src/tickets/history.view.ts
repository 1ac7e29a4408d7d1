import { z } from 'zod';
import { positionSchema } from '../platform/http/positions.js';
import { currentLanguage } from '../platform/http/request-context.js';
import type { Names } from './sentences/phrases.js';
import { mergedHereSchema, type MergedHere } from './relations/merged-here.js';
import { sentenceIn } from './sentences/sentence.js';
import type { TicketHistory } from './ticket-history.js';
import type { TicketEvent } from './ticket.events.js';
import { evolve, unopened, type Ticket } from './ticket.js';

const instantText = z.iso.datetime();

export const historySchema = z
  .object({
    ticketId: z.guid(),
    items: z.array(
      z.object({
        position: positionSchema,
        revision: z.int().describe('Those of internal notes are left out for mobile teams'),
        type: z.string(),
        occurredAt: instantText.describe('The effective time: decides the day it counts in'),
        claimedAt: instantText.describe('As claimed, by the clock of whoever did it'),
        recordedAt: instantText.describe('When the event store took it'),
        actor: z.string(),
        commandId: z.guid(),
        deviceId: z.string().nullable(),
        clockSkewMs: z.number().nullable().describe('How far that clock was ahead, where it was corrected'),
        data: z.record(z.string(), z.unknown()),
        sentence: z
          .string()
          .describe('What happened, in the language asked for (Accept-Language; French unless told)'),
      }),
    ),
    mergedFrom: z.array(mergedHereSchema),
  })
  .meta({ id: 'TicketHistory' });

const isInternal = (event: TicketEvent): boolean => event.type === 'NoteAdded' && event.internal;

/** The history as told to whoever may read internal notes, or may not: their revisions are then left out. */
export const historyView = (
  { ticketId, events }: TicketHistory,
  internal: boolean,
  names: Names,
  mergedFrom: MergedHere[],
): z.output<typeof historySchema> => {
  let before: Ticket = unopened;
  const items = events.map((recorded) => {
    const { event, metadata, revision, position, recordedAt } = recorded;
    const { type, occurredAt, ...data } = event;
    const { claimedAt, actor, commandId, deviceId = null, clockSkewMs = null } = metadata;
    const told = { type, occurredAt, claimedAt, recordedAt, actor, commandId, deviceId, clockSkewMs, data };
    const sentence = sentenceIn(currentLanguage(), recorded, before, names);
    before = evolve(before, event);
    return { internal: isInternal(event), item: { position: String(position), revision, ...told, sentence } };
  });
  const shown = items.filter((one) => internal || !one.internal).map(({ item }) => item);
  return { ticketId, items: shown, mergedFrom };
};
