import { once } from 'node:events';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { Faults } from './faults.js';
import type { Log } from './log.js';
import { eventResponse, unsigned } from './messages.js';
import { matches, type ReadCall } from './reads.js';
import type { Refusal } from './refusals.js';

const defaultWindow = 32;

/**
 * Serves a subscription to $all: it is confirmed, catches up, and then is live. Only a filtered subscription has checkpoints: one for
 * each window of events looked at, and one at the end of catching up, which names the beginning of the last window, not the log's end.
 */
export const follow = async (
  log: Log,
  faults: Faults,
  call: ReadCall,
  { options, onSent }: { options: streams.ReadReq.Options; onSent: () => void },
): Promise<void> => {
  const isMatch = matches(options);
  const asText = options.getUuidOption()!.hasString();
  const filter = options.getFilter();
  const window =
    (filter?.hasMax() ? filter.getMax() : defaultWindow) * (filter?.getCheckpointintervalmultiplier() ?? 1);
  const ended = new AbortController();
  call.on('cancelled', () => ended.abort());
  call.on('close', () => ended.abort());
  const stop = (refusal: Refusal) => call.emit('error', refusal) && ended.abort();
  faults.endCalls.once('end', stop);
  ended.signal.addEventListener('abort', () => faults.endCalls.off('end', stop));
  const send = async (response: streams.ReadResp): Promise<void> => {
    if (!call.write(response)) await once(call, 'drain', { signal: ended.signal });
  };

  let next = startOf(log, options);
  let lookedAt = 0;
  let checkpoint = log.all[next - 1]?.position;
  let live = false;
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(crypto.randomUUID());
  await send(new streams.ReadResp().setConfirmation(confirmation));
  if (faults.subscriptionsStall) return;
  try {
    while (!ended.signal.aborted) {
      const event = log.all[next];
      if (!event) {
        if (!live) {
          if (filter && faults.checkpointAtEnd) await send(checkpointAt(log.end));
          else if (filter && checkpoint !== undefined) await send(checkpointAt(checkpoint));
          await send(caughtUpAt(checkpoint));
          live = true;
        }
        if (log.all.length === next) await once(log.grew, 'grew', { signal: ended.signal });
        continue;
      }
      next += 1;
      lookedAt += 1;
      if (isMatch(event)) {
        onSent();
        await send(eventResponse(event, asText));
        checkpoint = event.position;
      } else if (filter && lookedAt % window === 0) {
        checkpoint = event.position;
        await send(checkpointAt(checkpoint));
      }
    }
  } catch {
    // The client has gone.
  }
};

/** The index of the first event after the position: unlike a read, a subscription excludes the event at the position itself. */
const startOf = (log: Log, options: streams.ReadReq.Options): number => {
  const from = options.getAll()!;
  if (from.hasStart()) return 0;
  const position = BigInt(from.getPosition()!.getCommitPosition());
  const index = log.all.findIndex((event) => event.position > position);
  return index < 0 ? log.all.length : index;
};

const checkpointAt = (position: bigint): streams.ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint()
      .setCommitPosition(unsigned(position))
      .setPreparePosition(unsigned(position))
      .setTimestamp(timestamp.Timestamp.fromDate(new Date())),
  );

const caughtUpAt = (position: bigint | undefined): streams.ReadResp => {
  const caughtUp = new streams.ReadResp.CaughtUp().setTimestamp(timestamp.Timestamp.fromDate(new Date()));
  if (position !== undefined) {
    caughtUp.setPosition(
      new streams.ReadResp.Position()
        .setCommitPosition(unsigned(position))
        .setPreparePosition(unsigned(position)),
    );
  }
  return new streams.ReadResp().setCaughtUp(caughtUp);
};
