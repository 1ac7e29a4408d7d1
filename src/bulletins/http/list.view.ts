import { z } from 'zod';
import { bulletinStatuses, isDraftChanged } from '../domain/bulletin.js';
import type { WrittenSnapshot } from '../repository/bulletin-repository.js';

const itemSchema = z.object({
  date: z.iso.date(),
  status: z.enum(bulletinStatuses),
  revision: z.int().describe('The newest publication; 0 before the first'),
  ticketDay: z.iso.date(),
  publishedAt: z.iso.datetime().nullable().describe('The newest publication’s'),
  draftChanged: z.boolean().describe('Something was written since the last publication'),
});

export const bulletinListSchema = z.object({ items: z.array(itemSchema) }).meta({ id: 'Bulletins' });

export const listItem = ({ date, bulletin }: WrittenSnapshot): z.output<typeof itemSchema> => ({
  date,
  status: bulletin.status,
  revision: bulletin.publications.length,
  ticketDay: bulletin.draft.ticketDay,
  publishedAt: bulletin.publications.at(-1)?.publishedAt ?? null,
  draftChanged: isDraftChanged(bulletin),
});
