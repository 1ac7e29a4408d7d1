import { dateIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { bulletinWordsIn } from './bulletin-words.js';

/** The navigation entry and the style that all pages of the bulletins share. */
export const amongBulletins = { here: 'bulletins', style: 'bulletins.css' } as const;

/** The title of a bulletin, as «Bulletin du dimanche 17 mai 2026». */
export const bulletinTitle = (date: string, language: Language): string =>
  `${bulletinWordsIn(language)('bulletinOf')} ${dateIn(language, date)}`;
