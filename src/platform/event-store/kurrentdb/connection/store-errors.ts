import {
  convertToCommandError,
  ErrorType,
  isCommandError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { isUnavailable } from '../../../database/failures.js';
import { EventStoreUnavailable } from '../../event-store.js';

/** The connection string's user is unknown or lacks a right. An operator can mend that while we run, so it counts as unavailable. */
export class KurrentAccessDenied extends EventStoreUnavailable {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `KurrentDB denies access (${reason}): its user must be allowed to write, and to read $all`,
      options,
    );
  }
}

const passing = new Set<ErrorType>([
  ErrorType.UNAVAILABLE,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);

/** Errors of type UNKNOWN that are our fault. All others of that type come of a server that is busy or stopping, which has no code. */
const ourFault = /BadRequest|SizeExceeded|InvalidTransaction/;
/** How the message begins that the client throws when no node of a cluster answers. */
const nobodyThere = 'Failed to discover';

/** The client's type of an error; raw gRPC errors, which the client also throws, are converted first. */
const typeOf = (error: unknown): ErrorType | undefined => {
  if (!(error instanceof Error)) return undefined;
  const known: Error = isCommandError(error) ? error : convertToCommandError(error);
  return isCommandError(known) ? known.type : undefined;
};

/** An error of the client as an error of the EventStore port, if the port has one for it; else the error itself. */
export const toStoreError = (error: unknown): unknown => {
  const type = typeOf(error);
  const message = inShort(error);
  if (type === ErrorType.ACCESS_DENIED) return new KurrentAccessDenied(message || type, { cause: error });
  const mayPass =
    type === undefined
      ? message.startsWith(nobodyThere) || isUnavailable(error)
      : passing.has(type) || (type === ErrorType.UNKNOWN && !ourFault.test(message));
  return mayPass ? new EventStoreUnavailable(`KurrentDB: ${message || type}`, { cause: error }) : error;
};

/** The message without gRPC's code before it and the empty resolution note after it. */
const inShort = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^\d+ [A-Z_]+: /, '')
    .replace(/\. Resolution note:.*$/s, '');

/** Whether the server gave up waiting for the append, which may still happen. */
export const isServerTimeout = (error: unknown): boolean => {
  const type = typeOf(error);
  return type === ErrorType.DEADLINE_EXCEEDED || type === ErrorType.TIMEOUT;
};

/** Whether a node refused because it is not the leader. The client has learnt from the error where the leader is, and calls it next. */
export const isNotLeader = (error: unknown): boolean => typeOf(error) === ErrorType.NOT_LEADER;

export const isWrongVersion = (error: unknown): error is WrongExpectedVersionError =>
  error instanceof WrongExpectedVersionError;
