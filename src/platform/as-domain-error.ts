import { DomainError } from '../shared/problems/domain-error.js';
import { isUnavailable } from './database/failures.js';
import { EventStoreUnavailable } from './event-store/event-store.js';

/** Makes a DomainError of anything thrown: an error without a code becomes `unavailable` if its cause may pass, else `internal-error`. */
export const asDomainError = (thrown: unknown): DomainError => {
  if (thrown instanceof DomainError) return thrown;
  const isAway = thrown instanceof EventStoreUnavailable || isUnavailable(thrown);
  return new DomainError(isAway ? 'unavailable' : 'internal-error', { cause: thrown });
};
