import { locales, type Language, type Text } from '../../../../shared/text.js';

/** The language of what the tablet says in both: English where its browser asks for English, else French. */
export const tabletLanguage = (): Language => (/^en\b/i.test(navigator.language) ? 'en' : 'fr');

export const inTabletLanguage = (text: Text): string => text[tabletLanguage()];

/** For `lang`: the page itself is in French. */
export const tabletLocale = (): string => locales[tabletLanguage()];
