import { DomainError } from '../shared/problems/domain-error.js';
import { isUnavailable } from './database/failures.js';
import { EventStoreUnavailable } from './event-store/event-store.js';

/** Whatever was thrown, as what whoever asked should know of it: where it is of no code, that something is away, or at fault. */
export const asDomainError = (thrown: unknown): DomainError => {
  if (thrown instanceof DomainError) return thrown;
  const isAway = thrown instanceof EventStoreUnavailable || isUnavailable(thrown);
  return new DomainError(isAway ? 'unavailable' : 'internal-error', { cause: thrown });
};
