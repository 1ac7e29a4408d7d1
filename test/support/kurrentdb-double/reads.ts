import type { ServerWritableStream } from '@grpc/grpc-js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Faults } from './faults.js';
import type { Log, Stored } from './log.js';
import { eventResponse, nameOf, streamIdentifier } from './messages.js';
import { beyondTheEnd } from './refusals.js';
import { follow } from './subscription.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;
type Options = streams.ReadReq.Options;

/**
 * The method Read: of a stream or $all, forwards or backwards, once or as a subscription. `onSent` is called for each event that is sent
 * to a subscription.
 */
export const read =
  (log: Log, faults: Faults, onSent: () => void) =>
  (call: ReadCall): void => {
    const refusal = faults.against(call.metadata);
    if (refusal) return void call.emit('error', refusal);
    if (faults.silent) return;
    const options = call.request.getOptions()!;
    if (options.hasSubscription()) return void follow(log, faults, call, { options, onSent });
    const asText = options.getUuidOption()!.hasString();
    const beyond = positionBeyond(log, options);
    if (beyond !== undefined) return void call.emit('error', beyondTheEnd(beyond, log.end));
    const found = options.hasStream() ? fromStream(log, options) : fromAll(log, options);
    if (!found) {
      const identifier = streamIdentifier(nameOf(options.getStream()!.getStreamIdentifier()));
      const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier);
      call.write(new streams.ReadResp().setStreamNotFound(notFound));
    }
    for (const event of found ?? []) call.write(eventResponse(event, asText));
    call.end();
  };

const { FORWARDS } = streams.ReadReq.Options.ReadDirection;

/** The position from which $all is to be read backwards, if that is beyond the log's end. */
const positionBeyond = (log: Log, options: Options): bigint | undefined => {
  if (options.getReadDirection() === FORWARDS) return undefined;
  const position = options.getAll()?.getPosition()?.getCommitPosition();
  return position !== undefined && BigInt(position) > log.end ? BigInt(position) : undefined;
};

const fromStream = (log: Log, options: Options): Stored[] | undefined => {
  const from = options.getStream()!;
  const events = log.stream(nameOf(from.getStreamIdentifier()));
  if (events.length === 0) return undefined;
  const revision = from.hasStart() ? 0 : from.hasEnd() ? events.length - 1 : Number(from.getRevision());
  return directed(options, events, (event) => event.revision - revision);
};

/** The events of $all. Forwards, the event at the position is included; backwards, it is not. */
const fromAll = (log: Log, options: Options): Stored[] => {
  const from = options.getAll()!;
  const position = from.hasPosition() ? BigInt(from.getPosition()!.getCommitPosition()) : undefined;
  const matching = log.all.filter(matches(options));
  if (options.getReadDirection() === FORWARDS) {
    return directed(options, matching, (event) => (event.position < (position ?? 0n) ? -1 : 0));
  }
  return directed(options, matching, (event) =>
    position !== undefined && event.position >= position ? 1 : 0,
  );
};

/** The events from the start on, in the direction of the read. `side` is negative for events before the start, positive after it. */
const directed = (options: Options, events: readonly Stored[], side: (event: Stored) => number): Stored[] => {
  const count = Number(options.getCount());
  const forwards = options.getReadDirection() === FORWARDS;
  const chosen = events.filter((event) => (forwards ? side(event) >= 0 : side(event) <= 0));
  return (forwards ? chosen : chosen.reverse()).slice(0, count);
};

/** Whether an event passes the filter of a request. */
export const matches = (options: Options): ((event: Stored) => boolean) => {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType()!;
  const nameIn = filter.hasStreamIdentifier()
    ? (event: Stored) => event.stream
    : (event: Stored) => event.type;
  const regex = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex());
  const prefixes = expression.getPrefixList();
  return (event) => {
    const name = nameIn(event);
    return regex?.test(name) ?? prefixes.some((prefix) => name.startsWith(prefix));
  };
};
