import { DomainError } from './problems/domain-error.js';

/**
 * The revisions at which something may be changed: those a caller has seen, or any that exists; undefined where the caller named none.
 */
export type IfMatch = ReadonlySet<number> | 'any' | undefined;

/**
 * Throws `version-mismatch` unless the revision is one of those allowed. Revision 0 is nothing yet: nobody has seen it, and «any» does
 * not allow it.
 */
export const assertMatches = (ifMatch: IfMatch, revision: number): void => {
  if (ifMatch === undefined) return;
  const matches = ifMatch === 'any' ? revision > 0 : ifMatch.has(revision);
  if (!matches) throw new DomainError('version-mismatch', { members: { revision } });
};
