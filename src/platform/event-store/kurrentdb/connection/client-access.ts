import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

// What the client keeps for those that extend it, and one made from a connection string can't be extended: so its members are
// reached from outside, here and nowhere else. The version is pinned, and the contract suite goes through all of this.
/* eslint-disable @typescript-eslint/dot-notation */

type Responses = AsyncIterable<streams.ReadResp> & { cancel(): void };

/** A Read call on the channel of appends and subscriptions, with its credentials, leader or reconnection, and a deadline. */
export const openRead = (
  client: KurrentDBClient,
  request: streams.ReadReq,
  deadlineMs: number,
): Promise<Responses> =>
  client['GRPCStreamCreator'](streamsService.StreamsClient, 'read', (service) =>
    service.read(request, ...client['callArguments']({ requiresLeader: true, deadline: deadlineMs })),
  )();

/** Ends what goes on and lets go of the connection; `dispose` alone would keep that. */
export const abandon = async (client: KurrentDBClient): Promise<void> => {
  await client.dispose();
  (await client['getChannel']()).close();
};
