import {
  measureLabels,
  type Part,
  type Report,
  reportedTicketLabels,
  withoutTeamLabel,
} from '../../reports/index.js';
import { speaking, type Text } from '../../shared/text/text.js';

/** The words of the page of reports, besides those of all pages. */
const texts = {
  report: { fr: 'Rapport', en: 'Report' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  by: { fr: 'Par', en: 'By' },
  nothing: { fr: 'rien (le total seul)', en: 'nothing (the total alone)' },
  everywhere: { fr: 'Tous ceux que vous lisez', en: 'All that you read' },
  show: { fr: 'Afficher', en: 'Show' },
  ...measureLabels,
  reference: reportedTicketLabels.reference,
  beganAt: reportedTicketLabels.beganAt,
  endedAt: reportedTicketLabels.endedAt,
  duration: reportedTicketLabels.duration,
  whichTickets: { fr: 'Quels billets', en: 'Which tickets' },
  backToReport: { fr: 'Retour au rapport', en: 'Back to the report' },
  ...{
    pages: { fr: 'Pages de la liste', en: 'Pages of the list' },
    first: { fr: 'Première page', en: 'First page' },
  },
  next: { fr: 'Page suivante', en: 'Next page' },
  ticketsElsewhere: {
    fr: 'Un billet transféré depuis à un établissement que vous ne lisez pas compte toujours, mais n’est pas montré.',
    en: 'A ticket since transferred to an establishment that you do not read still counts, but is not shown.',
  },
  withoutTeam: withoutTeamLabel,
  none: { fr: 'Aucun billet ne compte ici.', en: 'No ticket counts here.' },
  ranks: {
    fr: 'La médiane et le 90e centile sont exacts: la plus petite durée que la moitié, ou les neuf dixièmes, des durées ne dépassent pas.',
    en: 'The median and the 90th percentile are exact: the smallest duration that half, or nine tenths, of the durations do not exceed.',
  },
} satisfies Record<string, Text>;
export type ReportWord = keyof typeof texts;

export const reportWordsIn = speaking(texts);

/** The parts of reports, as the tickets of one are called. */
export const partLabels: Record<Part, Text> = {
  answered: { fr: 'pris en charge', en: 'answered' },
  unanswered: { fr: 'pas encore pris en charge', en: 'not answered yet' },
  ...{ lt1d: measureLabels.lt1d, d1to3: measureLabels.d1to3, d3to7: measureLabels.d3to7 },
  gt7d: measureLabels.gt7d,
  reopened: measureLabels.reopened,
  kept: { fr: 'restés résolus', en: 'still resolved' },
};

/** A sentence for readers on what each report counts. */
export const explanations: Record<Report, Text> = {
  responses: {
    fr: 'Le temps de l’ouverture à la première prise en charge par une personne, pour les billets ouverts ces jours-là.',
    en: 'The time from the opening until somebody took care of it, for the tickets opened on these days.',
  },
  resolutions: {
    fr: 'Le temps de l’ouverture à la résolution, pour chaque passage à résolu ces jours-là.',
    en: 'The time from the opening to the resolution, for every transition into resolved on these days.',
  },
  ageing: {
    fr: 'Les billets actifs à la fin du dernier jour, ou maintenant s’il n’est pas fini, par le temps depuis l’ouverture.',
    en: 'The tickets active at the end of the last day, or now where it is not over, by the time since their opening.',
  },
  reopened: {
    fr: 'Parmi les passages à résolu de ces jours-là, ceux qu’une réouverture a défaits depuis, et le temps jusque-là.',
    en: 'Of the transitions into resolved on these days, those that a reopening undid since, and the time until then.',
  },
};
