import Negotiator from 'negotiator';

/** What is offered, best liked first; equals in the order they are asked for, and none that is refused with `q=0`. */
export const preferred = (
  by: 'mediaTypes' | 'languages',
  header: string | undefined,
  offered: readonly string[],
): string[] => {
  const name = by === 'languages' ? 'accept-language' : 'accept';
  // An empty header says no more than none.
  const asked = by === 'mediaTypes' ? header?.replace(parameters, '') : header;
  const headers = { [name]: asked ? withinRange(asked) : undefined };
  return new Negotiator({ headers })[by]([...offered]);
};

/**
 * What a media range may carry beside its weight, as in «application/json; charset=utf-8»: what is offered has none, and the
 * library would take it for something else.
 */
const parameters = /;\s*(?!q\s*=)[^\s;,="]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?/gi;

/** The library takes a weight above 1, which there is none of, for more than any other. */
const withinRange = (header: string): string =>
  header.replace(/(;\s*q\s*=\s*)([\d.]+)/gi, (_weight, name: string, value: string) =>
    Number(value) > 1 ? `${name}1` : `${name}${value}`,
  );
