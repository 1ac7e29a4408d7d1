import { DomainError } from '../shared/problems/domain-error.js';
import type { Establishments } from './establishments.js';

/** The error for a name that no establishment or site has; `pointer` says where the name stands in the request. */
export const unknownPlace = (code: 'unknown-establishment' | 'unknown-site', pointer: string): DomainError =>
  new DomainError(code, { errors: [{ pointer }] });

/** The code of the establishment that `?establishment` names; undefined where it names none. Throws `unknown-establishment`. */
export const requestedEstablishment = (
  establishments: Establishments,
  name: string | undefined,
): string | undefined => {
  if (name === undefined) return undefined;
  const establishment = establishments.find(name);
  if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
  return establishment.code;
};
