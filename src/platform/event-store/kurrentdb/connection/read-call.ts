import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { NodeSession } from '../transport/node-session.js';
import { decodeReadResponse, type ReadResponse, type StoredEvent } from './read-response.js';
import { ourStreams, searchWindow } from './streams.js';

const { ReadReq } = streams;
const { Options } = ReadReq;

/**
 * What to read: one stream from a revision on; or the events of our streams from a position on, or of all streams, the server's own
 * included; or the events of our streams backwards, from the end or from before a position. Forwards, the event at the revision or the
 * position itself is included.
 */
export type ReadFrom =
  | { stream: string; revision: number }
  | { position: bigint }
  | { position: bigint; isUnfiltered: true }
  | { backwards: true; before?: bigint };

export interface ReadCall {
  from: ReadFrom;
  maxCount: number;
  deadlineMs: number;
}

/** Reads from the leader only. */
export const readEvents = async (
  session: NodeSession,
  { from, maxCount, deadlineMs }: ReadCall,
): Promise<StoredEvent[]> => {
  const call = openRead(session, optionsOf(from).setCount(String(maxCount)), deadlineMs);
  const found: StoredEvent[] = [];
  for await (const response of call.responses()) {
    if (typeof response === 'object' && 'event' in response) found.push(response.event);
  }
  return found;
};

export type SubscriptionCall = GrpcCall<streams.ReadReq, ReadResponse>;

/**
 * A subscription to our streams in $all after a position, whatever its reader wants of them: so the newest event that has come is the
 * newest there is, by which the reader knows the log again. Only a filtered subscription says how far the server has looked.
 */
export const openSubscription = (session: NodeSession, after: bigint): SubscriptionCall =>
  openRead(
    session,
    new Options()
      .setAll(allFrom(after))
      .setFilter(oursOnly())
      .setSubscription(new Options.SubscriptionOptions()),
  );

const { path, requestSerialize } = streamsService.StreamsService.read;
/** The client's method, but for its responses, most of which are events. */
const readMethod = { path, requestSerialize, responseDeserialize: decodeReadResponse };

const openRead = (session: NodeSession, options: streams.ReadReq.Options, deadlineMs?: number) => {
  const call = session.call(readMethod, deadlineMs === undefined ? {} : { deadlineMs });
  options.setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
  call.send(new ReadReq().setOptions(options));
  call.endRequests();
  return call;
};

const optionsOf = (from: ReadFrom): streams.ReadReq.Options => {
  const options = new Options();
  if ('stream' in from) return options.setStream(streamFrom(from)).setNoFilter(new shared.Empty());
  if ('isUnfiltered' in from) return options.setAll(allFrom(from.position)).setNoFilter(new shared.Empty());
  if ('position' in from) return options.setAll(allFrom(from.position)).setFilter(oursOnly());
  return options
    .setAll(from.before === undefined ? fromEnd : allFrom(from.before))
    .setReadDirection(Options.ReadDirection.BACKWARDS)
    .setFilter(oursOnly());
};

const streamFrom = ({ stream, revision }: { stream: string; revision: number }) => {
  return new Options.StreamOptions()
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setRevision(String(revision));
};

const fromEnd = new Options.AllOptions().setEnd(new shared.Empty());

const allFrom = (position: bigint) => {
  if (position === 0n) return new Options.AllOptions().setStart(new shared.Empty());
  const at = String(position);
  return new Options.AllOptions().setPosition(
    new Options.Position().setCommitPosition(at).setPreparePosition(at),
  );
};

const oursOnly = () =>
  new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setRegex(ourStreams))
    .setMax(searchWindow)
    .setCheckpointintervalmultiplier(1);
