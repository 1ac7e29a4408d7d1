import { z } from 'zod';
import { pageShape } from '../../../platform/http/paging.js';
import { instant } from '../../../shared/instant.js';
import { accessActionLabels, codesOf } from '../../../shared/vocabulary.js';
import type { AccessRow } from '../storage/access-statements.js';

const accessSchema = z
  .object({
    at: z.iso.datetime(),
    person: z.string(),
    roles: z.array(z.string()),
    action: z
      .enum(codesOf(accessActionLabels))
      .describe('many-tickets and many-refusals are alerts of the log itself, about this person'),
    ticketId: z.guid().optional().describe('The ticket, where it is one, or one was filtered by'),
    establishment: z.string().optional().describe('Where it was then, where that was shown'),
    ticketIds: z.array(z.guid()).optional().describe('The tickets, where there are several'),
    count: z
      .int()
      .describe('How many tickets were shown; of an alert, how many tickets or refusals within an hour'),
    refused: z.boolean().describe('It was not shown: 403 or 404'),
    client: z.string().describe('The program or the session, as far as they say'),
    address: z.string(),
    purpose: z.string().optional().describe('`X-Purpose`, with what names or reaches a person masked'),
  })
  .meta({ id: 'LoggedAccess' });
export type AccessView = z.output<typeof accessSchema>;

export const accessesSchema = z
  .object({ items: z.array(accessSchema), ...pageShape })
  .meta({ id: 'Accesses' });

/** A row as it is answered; `ticket` is the one that was filtered by. */
export const accessView = (row: AccessRow, ticket: string | undefined): AccessView => {
  const { person, roles, action, ticket_ids: ids, count, refused, client, address, purpose } = row;
  const ticketId = ticket ?? (ids.length === 1 ? ids[0] : undefined);
  const establishment = ticketId === undefined ? undefined : row.establishments[ids.indexOf(ticketId)];
  return {
    ...{ at: instant(row.at), person, roles, action },
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(typeof establishment === 'string' ? { establishment } : {}),
    ...(ticketId === undefined && ids.length > 1 ? { ticketIds: ids } : {}),
    ...{ count, refused, client, address },
    ...(purpose === null ? {} : { purpose }),
  };
};
