import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import type { AnswerLanguage } from '../../platform/http/request-parameters.js';
import { TimeSlice } from '../../shared/concurrency/time-slice.js';
import type { Language } from '../../shared/text/text.js';
import type { HistoryEntry } from './history-page.js';
import type { Names } from './sentences/sentences.js';
import { referenceSchema } from '../ticket.view.js';
import { mergedHereSchema } from '../relations/merged-here.js';
import { sentenceIn } from './sentences/sentence.js';

const instantText = z.iso.datetime();

export const historySchema = z
  .object({
    ticketId: z.guid(),
    reference: referenceSchema,
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
    ...pageShape,
    mergedFrom: z
      .array(mergedHereSchema)
      .describe('On the first page: the tickets that were merged into this one, 500 at most'),
  })
  .meta({ id: 'TicketHistory' });

type Item = z.output<typeof historySchema>['items'][number];

const itemOf = ({ recorded, before }: HistoryEntry, names: Names, language: Language): Item => {
  const { event, metadata, revision, position, recordedAt } = recorded;
  const { type, occurredAt, ...data } = event;
  const { claimedAt, actor, commandId, deviceId = null, clockSkewMs = null } = metadata;
  const fields = { type, occurredAt, claimedAt, recordedAt, actor, commandId, deviceId, clockSkewMs, data };
  const sentence = sentenceIn(language, { recorded, before, names });
  return { position: String(position), revision, ...fields, sentence };
};

/**
 * The items as JSON with commas between them. They are written a few at a time: five hundred of the longest texts take a while, and would
 * hold the thread.
 */
export const historyItems = async (
  entries: readonly HistoryEntry[],
  names: Names,
  language: AnswerLanguage,
): Promise<string> => {
  const slice = new TimeSlice();
  const items: string[] = [];
  for (const entry of entries) {
    items.push(JSON.stringify(itemOf(entry, names, language())));
    if (slice.isOver) await slice.rest();
  }
  return items.join(',');
};
