import type { Language } from '../../shared/text.js';
import { numberIn } from '../../platform/printed/printed.js';
import type { Board } from './read-board.js';

/** Figures that lag no more than this are said to be up to date. */
export const toleratedLagSeconds = 5;

export const isUpToDate = ({ lag }: Board): boolean =>
  lag.seconds !== null && lag.seconds <= toleratedLagSeconds;

/** What a reader must know before believing the figures. */
export const warningsOf = (board: Board, language: Language): string[] => {
  // Of two read models, that may have met the same ticket: at least so many.
  const incomplete = Math.max(board.today.incomplete ?? 0, board.ageing.incomplete ?? 0);
  return [
    ...(isUpToDate(board) ? [] : [lagging(board, language)]),
    ...(incomplete === 0 ? [] : [lacking(incomplete, language)]),
  ];
};

const lagging = ({ lag: { seconds, events } }: Board, language: Language): string => {
  if (seconds === null) {
    return language === 'fr'
      ? 'On ne sait pas si les chiffres sont à jour: le journal des événements ne répond pas.'
      : 'Whether the figures are up to date is not known: the log of events does not answer.';
  }
  const late = numberIn(language, Math.round(seconds));
  const waiting = events === null ? '' : `: ${waitingIn(language, events)}`;
  return language === 'fr'
    ? `Les chiffres retardent de ${late} s${waiting}.`
    : `The figures lag by ${late} s${waiting}.`;
};

const waitingIn = (language: Language, events: number): string => {
  const count = numberIn(language, events);
  if (language === 'fr') {
    return events === 1 ? '1 événement reste à compter' : `${count} événements restent à compter`;
  }
  return events === 1 ? '1 event is still to be counted' : `${count} events are still to be counted`;
};

export const lacking = (tickets: number, language: Language): string => {
  const count = numberIn(language, tickets);
  return language === 'fr'
    ? `Il manque quelque chose à ces chiffres: une partie de ${count} ${tickets === 1 ? 'billet' : 'billets'} n’a pas pu être comptée.`
    : `Something is missing from these figures: part of ${count} ${tickets === 1 ? 'ticket' : 'tickets'} could not be counted.`;
};
