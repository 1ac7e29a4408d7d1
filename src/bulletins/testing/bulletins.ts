import { instant } from '../../shared/instant.js';
import {
  figureNames,
  type BulletinDrafted,
  type BulletinPublished,
  type Cause,
  type Contents,
  type PublishedFigures,
  type KnownFigures,
} from '../domain/bulletin.events.js';

export const date = '2026-05-17';
const ticketDay = '2026-05-15';
export const alice = 'alice';
export const bruno = 'bruno';

/** The time of the clock in every test that sets no other. */
export const morning = instant('2026-05-17T12:00:00Z');
export const dayEndsAt = instant('2026-05-16T06:00:00Z');

export const contents = (changes: Partial<Contents> = {}): Contents => ({
  ticketDay,
  sections: { bilan: 'Une semaine calme.' },
  releves: [],
  ...changes,
});

export const figures = (changes: Partial<PublishedFigures> = {}): PublishedFigures => ({
  ...(Object.fromEntries(figureNames.map((name) => [name, 0])) as PublishedFigures),
  ...changes,
});

/** The figures of one establishment, which are also the total. */
export const known = (
  changes: Partial<PublishedFigures> = {},
  about: Partial<KnownFigures> = {},
): KnownFigures => ({
  timeZone: 'America/Toronto',
  total: figures(changes),
  establishments: [{ code: 'NIM', name: 'CIUSSS du Nord-de-l’Île-de-Montréal', ...figures(changes) }],
  position: '100',
  knownAt: morning,
  definitionsVersion: 1,
  ...about,
});

export const drafted = (changes: Partial<Contents> = {}, by = alice): BulletinDrafted => ({
  type: 'BulletinDrafted',
  occurredAt: morning,
  by,
  contents: contents(changes),
});

export const published = (of: KnownFigures, changes: Partial<Contents> = {}): BulletinPublished => ({
  type: 'BulletinPublished',
  occurredAt: morning,
  by: alice,
  revision: 1,
  contents: contents(changes),
  figures: of,
});

export const cause = (delta: Partial<PublishedFigures>, about: Partial<Cause> = {}): Cause => ({
  ticketId: '00000000-0000-4000-8000-000000000001',
  type: 'TicketOpened',
  position: '101',
  occurredAt: instant('2026-05-16T03:58:00Z'),
  recordedAt: morning,
  establishment: 'NIM',
  delta,
  ...about,
});
