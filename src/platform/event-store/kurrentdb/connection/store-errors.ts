import {
  convertToCommandError,
  ErrorType,
  isCommandError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { isUnavailable } from '../../../database/failures.js';
import { EventStoreUnavailable } from '../../event-store.js';

/** The user of the connection string is not known, or may not do this: whoever sees to the server can mend that while we run. */
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

/** A busy server, or one that stops, says so in words only, and the client calls it unknown. These it would say of us. */
const ourFault = /BadRequest|SizeExceeded|InvalidTransaction/;
/** What the client throws when no node of a cluster answers. */
const nobodyThere = 'Failed to discover';

/** What the client knows the error as; it throws raw ones too. */
const typeOf = (error: unknown): ErrorType | undefined => {
  if (!(error instanceof Error)) return undefined;
  const known: Error = isCommandError(error) ? error : convertToCommandError(error);
  return isCommandError(known) ? known.type : undefined;
};

/** An error of the client as one of the port, where it has one for it. */
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

/** gRPC puts its code before, and a note after, which is empty. */
const inShort = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^\d+ [A-Z_]+: /, '')
    .replace(/\. Resolution note:.*$/s, '');

/** The server gave the append up, which may yet happen. */
export const isServerTimeout = (error: unknown): boolean => {
  const type = typeOf(error);
  return type === ErrorType.DEADLINE_EXCEEDED || type === ErrorType.TIMEOUT;
};

/** The client has learnt from it where the leader is: the next call goes there. */
export const isNotLeader = (error: unknown): boolean => typeOf(error) === ErrorType.NOT_LEADER;

export const isWrongVersion = (error: unknown): error is WrongExpectedVersionError =>
  error instanceof WrongExpectedVersionError;
