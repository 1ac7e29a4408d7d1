import Negotiator from 'negotiator';

const headerNames = {
  mediaTypes: 'accept',
  languages: 'accept-language',
  encodings: 'accept-encoding',
} as const;

/**
 * The offered types, languages or encodings that the header accepts, the most preferred first; equals in the header's order, and none with
 * `q=0`.
 */
export const preferred = (
  by: keyof typeof headerNames,
  header: string | undefined,
  offered: readonly string[],
): string[] => {
  // An empty header means the same as a missing one.
  const accepted = by === 'mediaTypes' ? header?.replace(parameters, '') : header;
  const headers = { [headerNames[by]]: accepted ? withinRange(accepted) : undefined };
  return new Negotiator({ headers })[by]([...offered]);
};

/**
 * The parameters of a media range other than its weight, as in «application/json; charset=utf-8». They are removed, since the types
 * on offer have none and the library would match no type to a range that has some.
 */
const parameters = /;\s*(?!q\s*=)[^\s;,="]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?/gi;

/** Lowers weights above 1 to 1. RFC 9110 allows none above 1, and the library would prefer them to all others. */
const withinRange = (header: string): string =>
  header.replace(/(;\s*q\s*=\s*)([\d.]+)/gi, (_weight, name: string, value: string) =>
    Number(value) > 1 ? `${name}1` : `${name}${value}`,
  );
