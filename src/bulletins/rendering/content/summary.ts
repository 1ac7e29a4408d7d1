import { dateIn, numberIn } from '../../../calendar/formatting.js';
import type { KnownFigures } from '../../domain/bulletin.events.js';
import type { PrintStyle } from '../print-style.js';
import { labelled, printedWordsIn } from './words.js';

/** What a bulletin says in one line, for lists and previews of links: its ticket day, and how many tickets it brought. */
export const bulletinSummaryOf = (
  ticketDay: string,
  { total }: Pick<KnownFigures, 'total'>,
  { language, groupFourDigits }: Pick<PrintStyle, 'language' | 'groupFourDigits'>,
): string => {
  const say = printedWordsIn(language);
  const figures = (['opened', 'resolvedSameDay'] as const).map((figure) =>
    labelled(language, say(figure), numberIn(language, total[figure], groupFourDigits)),
  );
  return [`${say('tickets')} – ${dateIn(language, ticketDay)}`, ...figures].join('. ');
};
