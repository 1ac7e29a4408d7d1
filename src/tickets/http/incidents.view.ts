import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import type { Incident } from '../incidents/incidents.js';
import { referenceSchema, statuses } from '../ticket.view.js';

const people = z
  .int()
  .describe('How many people have the problem: who reported it first, and one for each ticket under it');

export const incidentSchema = z
  .object({
    ticketId: z.guid().describe('The ticket of the path, or the one it was merged into'),
    reference: referenceSchema,
    title: z.string(),
    status: z.enum(statuses),
    people: people.optional().describe('Absent where it is not known in time'),
  })
  .meta({ id: 'Incident' });
export type IncidentView = z.output<typeof incidentSchema>;

export const childSchema = z.object({
  ticketId: z.guid(),
  reference: referenceSchema,
  title: z.string(),
  status: z.enum(statuses),
});

export const childrenSchema = z
  .object({
    items: z.array(childSchema),
    people,
    ...pageShape,
  })
  .meta({ id: 'Children' });
export type ChildrenAnswer = z.output<typeof childrenSchema>;

export const incidentView = ({
  ticketId,
  ticket: { title, status },
  people: count,
}: Incident): IncidentView => ({
  ticketId,
  reference: referenceOf(ticketId),
  title: masked(title),
  status,
  ...(count === undefined ? {} : { people: count }),
});
