import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import { ArrivalQueue } from './arrivals.js';
import { ourStreams, searchWindow } from '../connection/streams.js';

/** A notice between events: how far the server has looked (a checkpoint), or that the subscription has caught up. */
export class Mark {
  constructor(
    readonly position: bigint | undefined,
    readonly caughtUp: boolean,
  ) {}
}

export type Item = AllStreamResolvedEvent | Mark;

export interface Wire {
  arrivals: ArrivalQueue<Item>;
  close(): void;
}

/** A subscription to $all after a position. At most twice `buffered` events are held in this process; the rest stay on the server. */
export const openWire = (
  client: KurrentDBClient,
  { after, streamPrefix, buffered }: { after: bigint; streamPrefix: string | undefined; buffered: number },
): Wire => {
  const fromPosition = after === 0n ? START : { commit: after, prepare: after };
  const subscription = client.subscribeToAll(
    { fromPosition, filter: filterOf(streamPrefix) },
    { highWaterMark: buffered },
  );
  subscription.on('caughtUp', () => subscription.push(new Mark(undefined, true)));
  return {
    arrivals: new ArrivalQueue(subscription),
    close() {
      subscription.unsubscribe().catch(() => undefined);
      subscription.destroy();
    },
  };
};

/**
 * The filter for a stream prefix, or for all our streams. Checkpoints are pushed into the stream of events, so that they keep their
 * place among them. `checkpointReached` must not throw: the client would stop silently.
 */
const filterOf = (streamPrefix: string | undefined) => {
  const options = {
    maxSearchWindow: searchWindow,
    checkpointInterval: 1,
    checkpointReached: (subscription: AllStreamSubscription, { commit }: { commit: bigint }) => {
      subscription.push(new Mark(commit, false));
    },
  };
  return streamPrefix
    ? streamNameFilter({ ...options, prefixes: [streamPrefix] })
    : streamNameFilter({ ...options, regex: ourStreams });
};
