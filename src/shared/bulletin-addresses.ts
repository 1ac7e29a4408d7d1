import type { Language } from './text/text.js';

/** What stands for the date of the newest published bulletin in an address, in each language. */
export const newestNames: Readonly<Record<Language, string>> = { fr: 'dernier', en: 'latest' };

/** The address that leads to the newest published bulletin at any time. */
export const newestAddress = (language: Language): string => `/bulletins/${newestNames[language]}`;

export const feedAddress = (language: Language): string => `/v1/bulletins/feed.atom?lang=${language}`;
