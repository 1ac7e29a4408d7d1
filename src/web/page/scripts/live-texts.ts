/** The texts of a page that is kept up to date; a name between braces is filled in. */
export type LiveTexts = Record<
  'fresh' | 'lost' | 'back' | 'backBehind' | 'signedOut' | 'updated' | 'updatedBehind',
  string
>;

/** Fills in what stands between braces. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/, (braces, name: string) => values[name] ?? braces);

/** How long ago, in the largest whole unit; never less than nothing, for clocks are set back. */
export const ageText = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
};
