import { isUnavailable } from '../../../database/failures.js';
import { EventStoreUnavailable } from '../../event-store.js';
import { GrpcError, grpcCodes } from '../transport/grpc-error.js';
import type { Endpoint } from '../transport/node-session.js';

/** What does not pass by itself. An operator can mend it while we run, so it counts as unavailable. */
export class NeedsOperator extends EventStoreUnavailable {
  constructor(reason: string, options?: ErrorOptions) {
    super(`KurrentDB ${reason}; this needs an operator`, options);
  }
}

/** The connection string's user is unknown or lacks a right. */
export class KurrentAccessDenied extends NeedsOperator {
  constructor(reason: string, options?: ErrorOptions) {
    super(`denies access (${reason}): its user must be allowed to write, and to read $all`, options);
  }
}

/** The server is of a version that can't be used. */
export class KurrentTooOld extends NeedsOperator {
  constructor(version: string, oldest: string) {
    super(`${version} is too old: ${oldest} or newer is needed, which says where events stand`);
  }
}

const denied = new Set<number>([grpcCodes.permissionDenied, grpcCodes.unauthenticated]);

/** `aborted` is the server's own time-out; `unknown` comes of a server that is busy or stopping, or of its handler's exception. */
const passing = new Set<number>([
  grpcCodes.cancelled,
  grpcCodes.unknown,
  grpcCodes.deadlineExceeded,
  grpcCodes.aborted,
  grpcCodes.internal,
  grpcCodes.unavailable,
  grpcCodes.dataLoss,
]);

/** Errors of code `unknown` that are our fault. */
const ourFault = /BadRequest|SizeExceeded|InvalidTransaction|StreamDeleted/;

/** An error of a call as an error of the EventStore port, if the port has one for it; else the error itself. */
export const toStoreError = (error: unknown): unknown => {
  if (error instanceof EventStoreUnavailable) return error;
  if (!(error instanceof GrpcError)) return isUnavailable(error) ? unavailable(error) : error;
  if (denied.has(error.code)) return new KurrentAccessDenied(error.message, { cause: error });
  const mayPass = isNotLeader(error) || (passing.has(error.code) && !ourFault.test(error.message));
  return mayPass ? unavailable(error) : error;
};

/** An error of a subscription: one that the server would give again and again, as to a bad request, needs an operator, too. */
export const toSubscriptionError = (error: unknown): unknown => {
  const failure = toStoreError(error);
  if (!(failure instanceof GrpcError)) return failure;
  return new NeedsOperator(`refuses the subscription (${failure.message})`, { cause: failure });
};

/** Settles as the call does, with errors of the EventStore port. */
export const withStoreErrors = async <Value>(call: Promise<Value>): Promise<Value> => {
  try {
    return await call;
  } catch (error) {
    throw toStoreError(error);
  }
};

const unavailable = (error: unknown): EventStoreUnavailable =>
  new EventStoreUnavailable(`KurrentDB: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
  });

/** Whether a node refused because it is not the leader. */
const isNotLeader = ({ trailers }: GrpcError): boolean => trailers.exception === 'not-leader';

/** How a node says that it knows of no leader, or takes no part yet. */
const leaderless = /No leader info available|Server Is Not Ready/;

/** What an error says of the node: that it does not lead, and which node does, if it knows. */
export const leaderElsewhere = (error: unknown): { leader: Endpoint | undefined } | undefined => {
  if (!(error instanceof GrpcError)) return undefined;
  if (!isNotLeader(error)) return leaderless.test(error.message) ? { leader: undefined } : undefined;
  const { trailers } = error;
  const [address, port] = [trailers['leader-endpoint-host'], Number(trailers['leader-endpoint-port'])];
  return { leader: typeof address === 'string' ? { address, port } : undefined };
};
