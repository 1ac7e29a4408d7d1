import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import { ArrivalQueue } from './arrivals.js';
import { ourStreams, searchWindow } from '../connection/streams.js';

/** Not an event, but told between them: how far the server has looked, or that there was nothing more. */
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

/** A subscription to $all after a position. At most two times `buffered` events wait here to be taken; more stay on the server. */
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
 * Checkpoints are put among the events, in the stream they come by, so that they keep their place. Nothing may be thrown there:
 * the client would stop, and say nothing.
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
