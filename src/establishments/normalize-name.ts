/**
 * A name in the form in which names are compared: «Mauricie–Centre-du-Québec» and «mauricie-centre-du-quebec» are the same. Accents and
 * case are dropped, every dash becomes a hyphen, every apostrophe a straight one, and runs of white space one space.
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
