import { DomainError } from '../shared/problems/domain-error.js';
import { isAway } from './is-away.js';

/** Makes a DomainError of anything thrown: an error without a code becomes `unavailable` if its cause may pass, else `internal-error`. */
export const asDomainError = (thrown: unknown): DomainError => {
  if (thrown instanceof DomainError) return thrown;
  return new DomainError(isAway(thrown) ? 'unavailable' : 'internal-error', { cause: thrown });
};
