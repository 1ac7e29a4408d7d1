import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { GrpcError, grpcCodes } from '../transport/grpc-error.js';
import { addressOf, isSameEndpoint, NodeSession, type Endpoint } from '../transport/node-session.js';
import type { ConnectionSettings } from './connection-settings.js';

const { LEADER } = gossip.MemberInfo.VNodeState;
const gossipMethod = gossipService.GossipService.read;
const pauseMs = 100;

export interface Suspicion {
  /** The node that failed last: it is believed only when no other node says that it leads. */
  suspect?: Endpoint | undefined;
  /** A node of which another said that it leads. */
  hint?: Endpoint | undefined;
}

/**
 * Finds the leader of a cluster. A node is the leader when it says so itself: what others say of it may be out of date, since they
 * notice its death later than we do. All nodes that are known are asked at once, since one that is frozen answers nobody.
 * Throws GrpcError when no node says that it leads.
 */
export const findLeader = async (
  settings: ConnectionSettings,
  { suspect, hint }: Suspicion,
): Promise<Endpoint> => {
  const seeds = settings.discovery === 'dns' ? await resolved(settings.nodes) : settings.nodes;
  const asking = new Asking(settings, suspect);
  return asking.ask(hint ? [...seeds, hint] : seeds);
};

/** One round of questions: whoever is named in an answer is asked as well. */
class Asking {
  private readonly asked = new Map<string, Promise<void>>();
  private readonly reasons: string[] = [];
  private suspectLeads = false;
  private found: (leader: Endpoint) => void = () => undefined;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly suspect: Endpoint | undefined,
  ) {}

  async ask(nodes: readonly Endpoint[]): Promise<Endpoint> {
    const found = new Promise<Endpoint>((resolve) => (this.found = resolve));
    for (const node of nodes) this.askNode(node);
    const leader = await Promise.race([found, this.untilAllAnswered()]);
    if (leader) return leader;
    if (this.suspect && this.suspectLeads) return this.suspect;
    await sleep(pauseMs);
    throw new GrpcError(
      grpcCodes.unavailable,
      `no node of the cluster leads (${this.reasons.join('; ') || 'none was reached'})`,
    );
  }

  private async untilAllAnswered(): Promise<undefined> {
    for (let answered = 0; answered < this.asked.size;) {
      answered = this.asked.size;
      await Promise.all(this.asked.values());
    }
    return undefined;
  }

  private askNode(node: Endpoint): void {
    const address = addressOf(node);
    if (this.asked.has(address)) return;
    const answer = membersBy(node, this.settings).then(
      (members) => this.hear(node, members),
      (error: unknown) => void this.reasons.push(`${address}: ${(error as Error).message}`),
    );
    this.asked.set(address, answer);
  }

  private hear(node: Endpoint, members: readonly gossip.MemberInfo[]): void {
    for (const member of members) {
      const at = member.getHttpEndPoint();
      if (!at || !member.getIsAlive()) continue;
      const endpoint = { address: at.getAddress(), port: at.getPort() };
      if (!isSameEndpoint(endpoint, node)) this.askNode(endpoint);
      else if (member.getState() !== LEADER) this.reasons.push(`${addressOf(node)} does not lead`);
      else if (isSameEndpoint(this.suspect, node)) this.suspectLeads = true;
      else this.found(node);
    }
  }
}

const membersBy = async (node: Endpoint, settings: ConnectionSettings): Promise<gossip.MemberInfo[]> => {
  const session = new NodeSession(node, settings.session);
  try {
    const deadlineMs = settings.gossipTimeoutMs;
    const info = await session.request(gossipMethod, new shared.Empty(), { deadlineMs, anyNode: true });
    return info.getMembersList();
  } finally {
    session.destroy();
  }
};

/** Every address of the names: a resolver gives one of them, which may be that of a node that is gone. */
const resolved = async (nodes: readonly Endpoint[]): Promise<Endpoint[]> => {
  const found = await Promise.all(
    nodes.map(async ({ address: servername, port }) =>
      (await lookup(servername, { all: true })).map(({ address }) => ({ address, port, servername })),
    ),
  );
  return found.flat();
};
