import { dateIn } from '../../platform/printed/printed.js';
import type { Language } from '../../shared/text.js';
import { bulletinWordsIn } from './bulletin-words.js';

/** «Bulletin du dimanche 17 mai 2026». */
export const bulletinTitle = (date: string, language: Language): string =>
  `${bulletinWordsIn(language)('bulletinOf')} ${dateIn(language, date)}`;
