import { DomainError } from '../shared/problems/domain-error.js';
import type { Principal } from './permissions.js';

/** The codes of the establishments that someone reads something of, in their order, or all of them. */
export type Scope = readonly string[] | 'all';

/** The principal's own establishments. */
export const scopeOf = ({ establishments }: Pick<Principal, 'establishments'>): Scope =>
  establishments === 'all' ? 'all' : [...establishments].sort();

/** The scope narrowed to one establishment, by its code, where there is one. Throws `establishment-not-yours`. */
export const narrowedScope = (scope: Scope, code: string | undefined): Scope => {
  if (code === undefined) return scope;
  if (scope !== 'all' && !scope.includes(code)) throw new DomainError('establishment-not-yours');
  return [code];
};
