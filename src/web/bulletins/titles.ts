import { dateIn } from '../../calendar/printed.js';
import type { Language } from '../../shared/text.js';
import { bulletinWordsIn } from './bulletin-words.js';

/** What is around every page of the bulletins. */
export const amongBulletins = { here: 'bulletins', style: 'bulletins.css' } as const;

/** «Bulletin du dimanche 17 mai 2026». */
export const bulletinTitle = (date: string, language: Language): string =>
  `${bulletinWordsIn(language)('bulletinOf')} ${dateIn(language, date)}`;
