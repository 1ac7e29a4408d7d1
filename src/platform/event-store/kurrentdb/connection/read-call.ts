import type { KurrentDBClient, ResolvedEvent } from '@kurrent/kurrentdb-client';
import conversion from '@kurrent/kurrentdb-client/dist/utils/convertGrpcEvent.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { openRead } from './client-access.js';
import { ourStreams, searchWindow } from './streams.js';

const { ReadReq } = streams;
const { Options } = ReadReq;

/**
 * What to read: one stream from a revision on; or the events of our streams whose name has the prefix, from a position on; or the
 * events of all our streams backwards, from the end or from before a position. Forwards, the event at the revision or the position
 * itself is included.
 */
export type ReadFrom =
  | { stream: string; revision: number }
  | { position: bigint; streamPrefix?: string | undefined }
  | { backwards: true; before?: bigint };

export interface ReadCall {
  from: ReadFrom;
  maxCount: number;
  deadlineMs: number;
}

/**
 * Reads with the gRPC Read call itself, on the channel that appends and subscriptions use, from the leader only.
 * The client's own readStream and readAll are not used: in 1.3.1 they go through a native bridge, which truncates an event's time to
 * whole seconds, while a subscription gives the same event's time to the millisecond; and they have no deadline.
 */
export async function* readCall(client: KurrentDBClient, call: ReadCall): AsyncGenerator<ResolvedEvent> {
  const responses = await openRead(client, requestOf(call), call.deadlineMs);
  try {
    for await (const response of responses) {
      const event = response.getEvent();
      if (event) yield conversion.convertGrpcEvent<ResolvedEvent>(event);
    }
  } finally {
    responses.cancel();
  }
}

const requestOf = ({ from, maxCount }: ReadCall): streams.ReadReq => {
  const options = new Options()
    .setCount(String(maxCount))
    .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
  if ('stream' in from) options.setStream(streamFrom(from)).setNoFilter(new shared.Empty());
  else if ('position' in from) options.setAll(allFrom(from.position)).setFilter(filterOf(from.streamPrefix));
  else
    options
      .setAll(from.before === undefined ? fromEnd : allFrom(from.before))
      .setReadDirection(Options.ReadDirection.BACKWARDS)
      .setFilter(filterOf());
  return new ReadReq().setOptions(options);
};

const streamFrom = ({ stream, revision }: { stream: string; revision: number }) => {
  const name = Buffer.from(stream).toString('base64');
  return new Options.StreamOptions()
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(name))
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

const filterOf = (streamPrefix?: string) => {
  const expression = new Options.FilterOptions.Expression();
  if (streamPrefix) expression.setPrefixList([streamPrefix]);
  else expression.setRegex(ourStreams);
  return new Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setMax(searchWindow)
    .setCheckpointintervalmultiplier(1);
};
