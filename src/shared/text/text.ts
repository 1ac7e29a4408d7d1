export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** The languages as browsers and Intl name them. */
export const locales: Readonly<Record<Language, string>> = { fr: 'fr-CA', en: 'en-CA' };

/** A text for people, in both languages of the network; French comes first. */
export type Text = Readonly<Record<Language, string>>;

/** A function that gives the texts of a table by name, in one language. */
export const speaking =
  <Name extends string>(texts: Readonly<Record<Name, Text>>) =>
  (language: Language) =>
  (name: Name): string =>
    texts[name][language];
