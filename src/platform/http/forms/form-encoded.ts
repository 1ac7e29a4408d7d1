import { parse, type ParsedUrlQuery } from 'node:querystring';
import { Problem } from '../problems/problem.js';

/** What a query or a form says, decoded; a name that repeats has all of its values. Throws `malformed` naming the first parameter that is not UTF-8, %-encoded. */
export const parseFormEncoded = (text: string, pointerTo: (name: string) => string): ParsedUrlQuery => {
  assertDecodable(text, pointerTo);
  return parse(text, '&', '=', { maxKeys: 0, decodeURIComponent });
};

/** Throws `malformed`: what can't be decoded would else be taken as it stands, or with «�» in it, and be neither found nor readable. */
export const assertDecodable = (text: string, pointerTo: (name: string) => string): void => {
  const broken = text.split('&').find((parameter) => !isDecodable(parameter));
  if (broken === undefined) return;
  const [name = ''] = broken.split('=');
  const message = {
    fr: 'n’est pas de l’UTF-8 codé en % («é» est %C3%A9, et «%» lui-même %25)',
    en: 'is not %-encoded UTF-8 («é» is %C3%A9, and «%» itself %25)',
  };
  throw new Problem('malformed', { errors: [{ pointer: pointerTo(name), message }] });
};

/** An address, and a form as it is sent, are ASCII: other characters in it are bytes that nobody said how to read. */
const isDecodable = (parameter: string): boolean => {
  if (!/^[\x20-\x7e]*$/.test(parameter)) return false;
  try {
    decodeURIComponent(parameter);
    return true;
  } catch {
    return false;
  }
};
