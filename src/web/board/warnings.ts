import type { Language } from '../../shared/text.js';
import { numberIn } from '../../platform/printed/printed.js';
import type { Board } from './read-board.js';

/** Figures that lag no more than this are said to be up to date. */
export const toleratedLagSeconds = 5;

export const isUpToDate = ({ lag }: Board): boolean =>
  lag.seconds !== null && lag.seconds <= toleratedLagSeconds;

/** What a reader must know before believing the figures. */
export const warningsOf = (board: Board, language: Language): string[] => [
  ...(isUpToDate(board) ? [] : [lagging(board, language)]),
  ...(board.today.incomplete === undefined ? [] : [lacking(board.today.incomplete, language)]),
];

const lagging = ({ lag: { seconds, events } }: Board, language: Language): string => {
  if (seconds === null) {
    return language === 'fr'
      ? 'On ne sait pas si les chiffres sont à jour: le journal des événements ne répond pas.'
      : 'Whether the figures are up to date is not known: the log of events does not answer.';
  }
  const late = numberIn(language, Math.round(seconds));
  const waiting = events === null ? undefined : numberIn(language, events);
  if (language === 'fr') {
    return `Les chiffres retardent de ${late} s${waiting === undefined ? '' : `: ${waiting} événements restent à compter`}.`;
  }
  return `The figures lag by ${late} s${waiting === undefined ? '' : `: ${waiting} events are still to be counted`}.`;
};

export const lacking = (tickets: number, language: Language): string => {
  const count = numberIn(language, tickets);
  return language === 'fr'
    ? `Il manque quelque chose à ces chiffres: une partie de ${count} ${tickets === 1 ? 'billet' : 'billets'} n’a pas pu être comptée.`
    : `Something is missing from these figures: part of ${count} ${tickets === 1 ? 'ticket' : 'tickets'} could not be counted.`;
};
