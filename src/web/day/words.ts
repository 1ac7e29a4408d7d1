import type { Figure } from './columns.js';
import { speaking, type Text } from '../../shared/text/text.js';

/** The words of the pages of a day, besides those of all pages. */
const texts = {
  whichTickets: { fr: 'Quels billets?', en: 'Which tickets?' },
  figure: { fr: 'Chiffre', en: 'Figure' },
  allEstablishments: { fr: 'Tous les établissements', en: 'All establishments' },
  anotherDay: { fr: 'Un autre jour', en: 'Another day' },
  notBegun: {
    fr: 'Cette journée n’a pas encore commencé: elle n’a pas de chiffres.',
    en: 'This day has not begun yet: it has no figures.',
  },
  newestDay: { fr: 'La journée en cours', en: 'The day in progress' },
  show: { fr: 'Afficher', en: 'Show' },
  backToDay: { fr: 'Retour à la journée', en: 'Back to the day' },
  occurred: { fr: 'Survenu', en: 'Happened' },
  recorded: { fr: 'Enregistré', en: 'Recorded' },
  ticket: { fr: 'Billet', en: 'Ticket' },
  counts: { fr: 'Compte', en: 'Counts' },
  undone: { fr: 'Défait ensuite', en: 'Undone later' },
  reopenedOn: { fr: 'rouvert', en: 'reopened' },
  changes: { fr: 'Change', en: 'Changes' },
  events: { fr: 'Événements', en: 'Events' },
  whichEvents: { fr: 'Les billets et les événements', en: 'The tickets and the events' },
  noItems: { fr: 'Aucun billet ne compte ici.', en: 'No ticket counts here.' },
  first: { fr: '← Début', en: '← Beginning' },
  next: { fr: 'Suite →', en: 'Next →' },
  pages: { fr: 'Suite de la liste', en: 'More of the list' },
  hours: { fr: 'Heures de', en: 'Times of' },
  late: { fr: 'Événements en retard', en: 'Late events' },
  noneLate: {
    fr: 'Aucun événement de cette journée n’est arrivé en retard.',
    en: 'No event of this day came late.',
  },
  unknown: { fr: 'Pas encore connu.', en: 'Not known yet.' },
  showThem: { fr: 'Les voir', en: 'Show them' },
  afterClose: { fr: 'après la fin de la journée', en: 'after the day was over' },
  afterPublication: { fr: 'après la publication', en: 'after publication' },
  publishedAndNow: { fr: 'Publié et maintenant', en: 'Published and now' },
  now: { fr: 'Maintenant', en: 'Now' },
  publishedThen: { fr: 'Publié', en: 'Published' },
  difference: { fr: 'Écart', en: 'Difference' },
  asPublished: {
    fr: 'Les chiffres sont encore ceux qui ont été publiés.',
    en: 'The figures are still those that were published.',
  },
  bulletin: { fr: 'Bulletin du', en: 'Bulletin of' },
} satisfies Record<string, Text>;

export const dayWordsIn = speaking(texts);

/** A sentence for readers on what each figure counts. */
export const definitions: Record<Figure, Text> = {
  opened: {
    fr: 'Les billets ouverts pour la première fois ce jour-là: les billets quotidiens.',
    en: 'Tickets first opened on this day: the «billets quotidiens».',
  },
  resolved: {
    fr: 'Chaque passage à résolu ce jour-là, quel que soit le jour de l’ouverture.',
    en: 'Every move to resolved on this day, whenever the ticket was opened.',
  },
  resolvedSameDay: {
    fr: 'Les billets ouverts ce jour-là et résolus à la fin de la journée. Une réouverture le même jour retire ce que la résolution avait ajouté.',
    en: 'Tickets opened on this day and resolved at its end. A reopening on the same day takes back what the resolution added.',
  },
  reopened: { fr: 'Chaque réouverture ce jour-là.', en: 'Every reopening on this day.' },
  cancelled: { fr: 'Chaque annulation ce jour-là.', en: 'Every cancellation on this day.' },
  merged: {
    fr: 'Chaque billet fusionné ce jour-là dans un autre.',
    en: 'Every ticket merged into another on this day.',
  },
  transferredIn: {
    fr: 'Chaque billet reçu ce jour-là d’un autre établissement ou d’une autre installation.',
    en: 'Every ticket moved in on this day from another establishment or site.',
  },
  transferredOut: {
    fr: 'Chaque billet cédé ce jour-là à un autre établissement ou à une autre installation.',
    en: 'Every ticket moved out on this day to another establishment or site.',
  },
  backlog: {
    fr: 'Les billets actifs au dernier instant de la journée, chacun avec l’événement qui l’y a mis: ouverture, réouverture ou transfert.',
    en: 'Tickets active at the last instant of the day, each with the event that put it there: opening, reopening or transfer.',
  },
};
