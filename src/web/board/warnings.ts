import { behindIn } from '../../billets-quotidiens/index.js';
import type { Language } from '../../shared/text/text.js';
import { numberIn } from '../../calendar/formatting.js';
import type { Board } from './read-board.js';

export const isUpToDate = ({ behind }: Board): boolean => behind === undefined;

/** The warnings shown above the figures: that they are behind the log, or incomplete. */
export const warningsOf = (board: Board, language: Language): string[] => {
  // All read models may miss the same ticket, so the greater count is the number of tickets that are missing at least.
  const incomplete = Math.max(
    ...[board.today.incomplete ?? 0, board.ageing.incomplete ?? 0, board.categories?.incomplete ?? 0],
  );
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
