import { DomainError } from './problems/domain-error.js';

/** At which revisions something may be changed: those that a caller has seen, or any that is there; undefined where it was not said. */
export type IfMatch = ReadonlySet<number> | 'any' | undefined;

/** Throws `version-mismatch` unless the revision is one of those asked for; revision 0 is nothing yet, which nobody has seen. */
export const assertMatches = (ifMatch: IfMatch, revision: number): void => {
  if (ifMatch === undefined) return;
  const matches = ifMatch === 'any' ? revision > 0 : ifMatch.has(revision);
  if (!matches) throw new DomainError('version-mismatch', { members: { revision } });
};
