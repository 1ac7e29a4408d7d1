import { NO_STREAM, type StreamState, type WrongExpectedVersionError } from '@kurrent/kurrentdb-client';

// Ours is the number of events, KurrentDB's that of the last one, counted from 0.

/** Exact always: with any other state KurrentDB recognises a repeated append only as long as it remembers it. */
export const stateAt = (revision: number): StreamState => (revision === 0 ? NO_STREAM : BigInt(revision - 1));

export const actualRevision = ({ actualState }: WrongExpectedVersionError): number =>
  typeof actualState === 'bigint' ? Number(actualState) + 1 : 0;
