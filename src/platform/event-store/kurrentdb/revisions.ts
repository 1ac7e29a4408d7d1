import { NO_STREAM, type StreamState, type WrongExpectedVersionError } from '@kurrent/kurrentdb-client';

// The port's revision of a stream is its number of events; KurrentDB's is the number of its last event, counted from 0.

/** KurrentDB's state for a revision, always exact: with any other it recognises a repeated append only while it remembers the first. */
export const stateAt = (revision: number): StreamState => (revision === 0 ? NO_STREAM : BigInt(revision - 1));

export const actualRevision = ({ actualState }: WrongExpectedVersionError): number =>
  typeof actualState === 'bigint' ? Number(actualState) + 1 : 0;
