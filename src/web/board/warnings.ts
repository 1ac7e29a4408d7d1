import { behindIn } from '../../billets-quotidiens/index.js';
import type { Language } from '../../shared/text.js';
import { numberIn } from '../../calendar/printed.js';
import type { Board } from './read-board.js';

export const isUpToDate = ({ behind }: Board): boolean => behind === undefined;

/** What a reader must know before believing the figures. */
export const warningsOf = (board: Board, language: Language): string[] => {
  // Of two read models, that may have met the same ticket: at least so many.
  const incomplete = Math.max(board.today.incomplete ?? 0, board.ageing.incomplete ?? 0);
  return [
    ...(board.behind ? [behindIn(language, board.behind)] : []),
    ...(incomplete === 0 ? [] : [lacking(incomplete, language)]),
  ];
};

export const lacking = (tickets: number, language: Language): string => {
  const count = numberIn(language, tickets);
  return language === 'fr'
    ? `Il manque quelque chose à ces chiffres: une partie de ${count} ${tickets === 1 ? 'billet' : 'billets'} n’a pas pu être comptée.`
    : `Something is missing from these figures: part of ${count} ${tickets === 1 ? 'ticket' : 'tickets'} could not be counted.`;
};
