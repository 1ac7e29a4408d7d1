import type { Principal } from '../access/index.js';
import { type Establishments, unknownPlace } from '../establishments/index.js';
import type { Scope } from './list/ticket-filter.js';
import { DomainError } from '../shared/problems/domain-error.js';

/** The establishments whose tickets the principal reads. */
export const scopeOf = ({ establishments }: Principal): Scope =>
  establishments === 'all' ? 'all' : [...establishments].sort();

/** The same, narrowed to the one asked for, by whatever name. Throws `unknown-establishment`, `establishment-not-yours`. */
export const scopeWithin = (
  principal: Principal,
  establishments: Establishments,
  asked: string | undefined,
): Scope => {
  const reach = scopeOf(principal);
  if (asked === undefined) return reach;
  const establishment = establishments.find(asked);
  if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
  const { code } = establishment;
  if (reach !== 'all' && !reach.includes(code)) throw new DomainError('establishment-not-yours');
  return [code];
};
