/**
 * A name as it's compared: «Mauricie–Centre-du-Québec» and «mauricie-centre-du-quebec» are one. Accents and case go,
 * every dash becomes a hyphen, every apostrophe a straight one, runs of white space one space.
 */
export const normalizeName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\s*[\p{Pd}−]\s*/gu, '-')
    .replace(/[’‘ʼ′`´ˈ＇]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
