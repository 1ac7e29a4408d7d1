/** The texts of a page that updates itself; a name between braces is a placeholder. */
export type LiveTexts = Record<
  'fresh' | 'lost' | 'back' | 'backBehind' | 'signedOut' | 'updated' | 'updatedBehind',
  string
>;

/** Fills in the placeholder of a text. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/, (braces, name: string) => values[name] ?? braces);

/** An age in the largest whole unit; never negative, since clocks are set back. */
export const ageText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
};
