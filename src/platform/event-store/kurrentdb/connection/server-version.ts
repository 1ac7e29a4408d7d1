import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { GrpcError, grpcCodes } from '../transport/grpc-error.js';
import type { NodeSession } from '../transport/node-session.js';
import { KurrentTooOld } from './store-errors.js';

/** The first version that says where in the log an event stands. */
const oldest = [22, 6] as const;

/** Throws KurrentTooOld unless the node's version can be used. */
export const assertUsableVersion = async (session: NodeSession, deadlineMs: number): Promise<void> => {
  const version = await versionOf(session, deadlineMs);
  const [major = 0, minor = 0] = (version ?? '').split('.').map((part) => Number.parseInt(part, 10));
  const isOlder = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  // A version that is not a number is somebody's own build.
  if (version === undefined || isOlder) throw new KurrentTooOld(version ?? 'before 21.10', oldest.join('.'));
};

/** The node's version; undefined where it is older than this question. */
const versionOf = async (session: NodeSession, deadlineMs: number): Promise<string | undefined> => {
  const { getSupportedMethods } = featuresService.ServerFeaturesService;
  try {
    const features = await session.request(getSupportedMethods, new shared.Empty(), {
      deadlineMs,
      anyNode: true,
    });
    return features.getEventStoreServerVersion();
  } catch (error) {
    if (error instanceof GrpcError && error.code === grpcCodes.unimplemented) return undefined;
    throw error;
  }
};
