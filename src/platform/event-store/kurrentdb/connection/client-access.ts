import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

// Uses protected members of the client. They are meant for subclasses, but a client made from a connection string can't be of a
// subclass: so they are accessed from outside, here and nowhere else. The version is pinned, and the contract suite covers all of this.
/* eslint-disable @typescript-eslint/dot-notation */

type Responses = AsyncIterable<streams.ReadResp> & { cancel(): void };

/** A Read call on the channel of appends and subscriptions, with their credentials, leader and reconnection, and with a deadline. */
export const openRead = (
  client: KurrentDBClient,
  request: streams.ReadReq,
  deadlineMs: number,
): Promise<Responses> =>
  client['GRPCStreamCreator'](streamsService.StreamsClient, 'read', (service) =>
    service.read(request, ...client['callArguments']({ requiresLeader: true, deadline: deadlineMs })),
  )();

/** Ends all calls in progress and closes the connection, which `dispose` alone would leave open. */
export const abandon = async (client: KurrentDBClient): Promise<void> => {
  await client.dispose();
  (await client['getChannel']()).close();
};
