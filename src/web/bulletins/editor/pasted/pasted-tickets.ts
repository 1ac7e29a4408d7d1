import { printedWordsIn } from '../../../../bulletins/index.js';
import type { Day } from '../../../../calendar/local-days.js';
import { languages } from '../../../../shared/text/text.js';
import { folded, maxLineLength, plainLine, wordsOfLine } from './own-headings.js';
import { dayWithin } from './pasted-days.js';

/** What the part on tickets is called: as the bulletin prints it, and as English texts translate it. */
const heading =
  /^(?:les )?(?:billets? quotidiens?|(?:the )?daily tickets?)(?![a-z])\s*(?<sign>[-:(,|/]?)\s*(?<rest>.*)$/;
const isSentence = (words: string): boolean => /[.;!?…]$/.test(words) && !/\b[ap]\.m\.$/.test(words);

/** The heading of the tickets with its day, which is undefined where none can be read; undefined for any other line. */
export const ticketHeading = (
  line: string,
  date: Day,
  isInText: boolean,
): { day: Day | undefined } | undefined => {
  const groups = heading.exec(folded(wordsOfLine(line)))?.groups;
  if (!groups) return undefined;
  const { sign = '', rest: behind = '' } = groups;
  const rest = behind.replace(/ ?:$/, '');
  if (rest === '') return { day: undefined };
  const isMarked = plainLine(line) !== line.trim();
  // «Billets quotidiens : 1 107» is a number, and no heading.
  if (/^\d[\d ,.]*$/.test(rest) || (isInText && isSentence(rest) && !isMarked)) return undefined;
  const day = dayWithin(rest.replace(/\.$/, ''), date);
  const isSeparate = /[-:(|/]/.test(sign) || /^(?:du|de|des|le|pour|of|for|on)\b.*\d/.test(rest);
  return day !== undefined || isMarked || isSeparate ? { day } : undefined;
};

/** The words in which a line gives a number of tickets and nothing else. */
const ticketWords = new Set(
  [
    'nombre total de d des du les le la l au aux a en et sur dont soit dans durant pendant cours ce cette meme periode jour journee',
    'billet billets quotidien quotidiens resolu resolus ouvert ouverts nouveau nouveaux cree crees recu recus ferme fermes actif actifs minuit',
    'number of the daily ticket tickets resolved opened open new created received closed active and which in on at during that this same',
    'period day midnight',
  ].flatMap((words) => words.split(' ')),
);
const printedLabels = languages.flatMap((language) =>
  (['opened', 'resolvedSameDay'] as const).map((word) => folded(printedWordsIn(language)(word))),
);

/**
 * Whether a line gives a number of tickets, which is counted and never typed, whatever it stands below. In a text only the bulletin's own
 * line is one: another may be part of what somebody tells.
 */
export const isCounted = (line: string, isInText: boolean): boolean => {
  if (line.length > maxLineLength) return false;
  const written = folded(wordsOfLine(line));
  const [, label = ''] = /^(.*?) ?: ?\d[\d ,.]*$/.exec(written) ?? [];
  if (isInText) return printedLabels.includes(label);
  const words = written.match(/[a-z]+/g) ?? [];
  return (
    /\d/.test(written) &&
    words.some((word) => /^(?:billet|ticket)s?$/.test(word)) &&
    words.every((word) => ticketWords.has(word))
  );
};
