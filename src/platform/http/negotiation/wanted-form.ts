import { preferred } from './preferred.js';
import { Problem } from '../problems/problem.js';

/** Media types by the names that `?format=` takes; the first is sent when the request states no preference. */
export type Offered<Format extends string> = Readonly<Record<Format, string>>;

/** Whether the request is a person's with a browser, who would rather read a page than a problem document. */
export const prefersPage = (accept: string | undefined): boolean => {
  const offered = ['application/problem+json', 'application/json', 'text/html'];
  return preferred('mediaTypes', accept, offered)[0] === 'text/html';
};

/** Whether the request is a script's, to which a page is of no use. A request without `Accept` is taken for a person's. */
export const prefersData = (accept: string | undefined): boolean => {
  const offered = ['text/html', 'application/problem+json', 'application/json', 'text/event-stream'];
  const [best = 'text/html'] = preferred('mediaTypes', accept, offered);
  return best !== 'text/html';
};

/** The format that a request wants: the format it names, else the offered format that its `Accept` prefers. Throws `not-acceptable`. */
export const wantedForm = <Format extends string>(
  offered: Offered<Format>,
  accept: string | undefined,
  named?: Format,
): Format => {
  if (named !== undefined) return named;
  const formats = Object.entries<string>(offered) as [Format, string][];
  const types = formats.map(([, type]) => type);
  const [best] = preferred('mediaTypes', accept, types);
  const found = formats.find(([, type]) => type === best);
  if (!found) throw new Problem('not-acceptable', { members: { offered: types } });
  return found[0];
};
