import type { Principal } from '../access/index.js';
import { type Establishments, unknownPlace } from '../establishments/index.js';
import type { Scope } from './list/ticket-filter.js';
import { DomainError } from '../shared/problems/domain-error.js';

/** The establishments whose tickets the principal reads. */
export const scopeOf = ({ establishments }: Principal): Scope =>
  establishments === 'all' ? 'all' : [...establishments].sort();

/**
 * The establishments whose tickets the principal reads, narrowed to one where its code, name or alias is given. Throws
 * `unknown-establishment`, `establishment-not-yours`.
 */
export const scopeWithin = (
  principal: Principal,
  establishments: Establishments,
  name: string | undefined,
): Scope => {
  const scope = scopeOf(principal);
  if (name === undefined) return scope;
  const establishment = establishments.find(name);
  if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
  const { code } = establishment;
  if (scope !== 'all' && !scope.includes(code)) throw new DomainError('establishment-not-yours');
  return [code];
};
