import { narrowedScope, type Principal, type Scope, scopeOf } from '../access/index.js';
import { type Establishments, unknownPlace } from '../establishments/index.js';

/**
 * The establishments whose tickets the principal reads, narrowed to one where its code, name or alias is given. Throws
 * `unknown-establishment`, `establishment-not-yours`.
 */
export const scopeWithin = (
  principal: Principal,
  establishments: Establishments,
  name: string | undefined,
): Scope => {
  if (name === undefined) return scopeOf(principal);
  const establishment = establishments.find(name);
  if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
  return narrowedScope(scopeOf(principal), establishment.code);
};
