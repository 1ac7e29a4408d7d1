export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** What people read, in both languages of the network; French comes first. */
export type Text = Readonly<Record<Language, string>>;
