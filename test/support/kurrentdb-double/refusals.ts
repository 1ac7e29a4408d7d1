import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import google from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { noStream } from './log.js';
import { unsigned } from './messages.js';

export type Refusal = Pick<StatusObject, 'code' | 'details' | 'metadata'>;

const refusal = (code: status, details: string, trailers: Record<string, string> = {}): Refusal => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return { code, details, metadata };
};

/** The refusal with which a server that stops ends the calls in progress. */
export const shuttingDown = () => refusal(status.UNAVAILABLE, 'The server is shutting down');
export const accessDenied = () =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
export const badRequest = () => refusal(status.INVALID_ARGUMENT, 'BadRequest: no such filter');
export const unauthenticated = () => refusal(status.UNAUTHENTICATED, 'Unauthenticated');
export const notLeader = (host: string, port: number) =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
/** The refusal of a node that has lost its leader, and knows of no other yet. */
export const noLeaderKnown = () => refusal(status.UNKNOWN, 'No leader info available in response');
/** The refusal of a read backwards from a position that the log does not reach: it was restored, and had been longer. */
export const beyondTheEnd = (position: bigint, end: bigint) =>
  refusal(
    status.UNKNOWN,
    `Unexpected FilteredReadAllResult: Error >> Requested position ${position} is greater than writer checkpoint ${end} ` +
      'when requesting to read previous record from TF.',
  );
export const handlerThrew = () => refusal(status.UNKNOWN, 'Exception was thrown by handler.');

const packed = (message: string, details: { serializeBinary(): Uint8Array }, type: string): google.Status => {
  const wrapped = new any.Any();
  wrapped.pack(details.serializeBinary(), type);
  return new google.Status().setMessage(message).setDetails(wrapped);
};

/** The refusals of appends of a batch, which are answers within the call. */
export const inBatch = {
  busy: () => packed('Server Is Busy', new empty.Empty(), 'google.protobuf.Empty'),
  noLeaderKnown: () =>
    packed('No leader info available in response', new empty.Empty(), 'google.protobuf.Empty'),
  timedOut: () => packed('Timeout', new shared.Timeout(), 'event_store.client.Timeout'),
  accessDenied: () => packed('AccessDenied', new shared.AccessDenied(), 'event_store.client.AccessDenied'),
  tooLarge: (limit: number) =>
    packed(
      'MaximumAppendSizeExceeded',
      new shared.MaximumAppendSizeExceeded().setMaxappendsize(limit),
      'event_store.client.MaximumAppendSizeExceeded',
    ),
  wrongVersion: (current: number, expected: number) => {
    const wrong = new shared.WrongExpectedVersion();
    if (current === noStream) wrong.setCurrentNoStream(new empty.Empty());
    else wrong.setCurrentStreamRevision(unsigned(current));
    if (expected === noStream) wrong.setExpectedNoStream(new empty.Empty());
    else wrong.setExpectedStreamPosition(unsigned(expected));
    return packed('WrongExpectedVersion', wrong, 'event_store.client.WrongExpectedVersion');
  },
};
