import { readFileSync } from 'node:fs';
import { createApiClient, type Schemas } from '../client/client.js';
import { movedDay, sample } from './moved-week.js';
import { withYear } from './week-table.js';

const file = new URL('./sample-week/mise-a-jour-quotidienne-2026-05-17.draft.json', import.meta.url);

type Draft = Schemas['BulletinDraft'];

/** The real bulletin as its producer wrote it, the days in it moved; the figures of tickets are counted, and not in it. */
export const movedDraft = (weeks: number): Draft => {
  const dates = [sample.first, sample.bulletin].map(
    (day) => [withYear(day), withYear(movedDay(day, weeks))] as const,
  );
  const text = dates.reduce((all, [from, to]) => all.replaceAll(from, to), readFileSync(file, 'utf8'));
  const draft = JSON.parse(text) as Draft;
  const releves = draft.releves?.map((releve) => ({ ...releve, day: movedDay(releve.day, weeks) }));
  return { ...draft, ticketDay: movedDay(draft.ticketDay, weeks), ...(releves && { releves }) };
};

/** Writes and publishes it through the public API, once the figures are counted. Throws where the API refuses. */
export const publishBulletin = async (url: string, token: string, weeks: number): Promise<void> => {
  const api = createApiClient({ url, token });
  const params = { path: { date: movedDay(sample.last, weeks) } };
  const written = await api.PUT('/v1/bulletins/{date}', { params, body: movedDraft(weeks) });
  if (written.error) throw new Error(`the bulletin could not be written: ${JSON.stringify(written.error)}`);
  const published = await api.POST('/v1/bulletins/{date}/publish', { params });
  if (published.error)
    throw new Error(`the bulletin could not be published: ${JSON.stringify(published.error)}`);
};
