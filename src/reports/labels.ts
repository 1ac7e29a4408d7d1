import type { Text } from '../shared/text/text.js';
import { figureLabels, transitionLabels } from '../shared/vocabulary.js';
import type { Grouping, Report } from './report.js';

export const reportLabels: Readonly<Record<Report, Text>> = {
  responses: { fr: 'Premières réponses', en: 'First responses' },
  resolutions: { fr: 'Résolutions', en: 'Resolutions' },
  ageing: { fr: 'Âge des billets actifs', en: 'Age of active tickets' },
  reopened: { fr: 'Réouvertures', en: 'Reopenings' },
};

export const groupingLabels: Readonly<Record<Grouping, Text>> = {
  team: { fr: 'Équipe', en: 'Team' },
  category: { fr: 'Catégorie', en: 'Category' },
  establishment: { fr: 'Établissement', en: 'Establishment' },
  day: { fr: 'Jour', en: 'Day' },
};

/** What reports measure, on their page and in their files. */
export const measureLabels = {
  tickets: { fr: 'Billets', en: 'Tickets' },
  answered: { fr: 'Pris en charge', en: 'Answered' },
  ...{ opened: figureLabels.opened, resolved: figureLabels.resolved, reopened: figureLabels.reopened },
  rate: { fr: 'Taux', en: 'Rate' },
  median: { fr: 'Médiane', en: 'Median' },
  p90: { fr: '90e centile', en: '90th percentile' },
  lt1d: { fr: '< 1 j', en: '< 1 d' },
  d1to3: { fr: '1 à 3 j', en: '1 to 3 d' },
  d3to7: { fr: '3 à 7 j', en: '3 to 7 d' },
  gt7d: { fr: '> 7 j', en: '> 7 d' },
} as const satisfies Record<string, Text>;

export const withoutTeamLabel: Text = { fr: 'Sans équipe', en: 'No team' };

/** What is shown of each ticket that a report counts. */
export const reportedTicketLabels = {
  tickets: { fr: 'Billets', en: 'Tickets' },
  reference: { fr: 'Billet', en: 'Ticket' },
  openedAt: transitionLabels.open,
  beganAt: { fr: 'Compte dès', en: 'Counts from' },
  endedAt: { fr: 'Compte jusqu’à', en: 'Counts until' },
  duration: { fr: 'Durée', en: 'Duration' },
} as const satisfies Record<string, Text>;
