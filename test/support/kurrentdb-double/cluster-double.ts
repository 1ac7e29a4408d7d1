import { KurrentDbDouble, type Member } from './kurrentdb-double.js';
import { Log } from './log.js';
import { noLeaderKnown, notLeader } from './refusals.js';

/**
 * Three nodes with one log. Nobody is elected by itself: after a fault the others go on naming the old leader in their gossip, as real
 * nodes do for a while, until the test elects a new one. So a test waits for what happens, and for no time to pass.
 */
export class ClusterDouble {
  private leading: KurrentDbDouble | undefined;

  private constructor(
    readonly log: Log,
    readonly nodes: readonly KurrentDbDouble[],
  ) {
    this.elect(nodes[0]!);
  }

  static async start(): Promise<ClusterDouble> {
    const log = new Log();
    const nodes = await Promise.all([1, 2, 3].map(() => KurrentDbDouble.start({ log })));
    return new ClusterDouble(log, nodes);
  }

  /** Nodes are watched more closely than by default, so that tests are quick. */
  get url(): string {
    const nodes = this.nodes.map(({ door }) => `127.0.0.1:${door.port}`).join(',');
    return `kurrentdb://${nodes}?tls=false&keepAliveInterval=200&keepAliveTimeout=500&gossipTimeout=1`;
  }

  get leader(): KurrentDbDouble {
    return this.leading!;
  }

  get followers(): KurrentDbDouble[] {
    return this.nodes.filter((node) => node !== this.leading);
  }

  /** Makes a node the leader. The others end what was open at them, and send everyone there. */
  elect(leader: KurrentDbDouble): void {
    this.leading = leader;
    const { port } = leader.door;
    for (const node of this.nodes) {
      node.members = this.members(leader);
      node.faults.leaderElsewhere = node === leader ? undefined : { host: '127.0.0.1', port };
      if (node !== leader) node.faults.endCalls.emit('end', notLeader('127.0.0.1', port));
    }
  }

  /** The leader gives up leading. Nobody leads until one is elected, and no node knows who will. */
  resign(): void {
    this.leading = undefined;
    for (const node of this.nodes) {
      node.members = this.members(undefined);
      node.faults.leaderElsewhere = 'unknown';
      node.faults.endCalls.emit('end', noLeaderKnown());
    }
  }

  /** A node's machine is gone, with all connections to it. */
  kill(node: KurrentDbDouble): Promise<void> {
    return node.door.shut();
  }

  restart(node: KurrentDbDouble): Promise<void> {
    return node.door.open();
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  private members(leader: KurrentDbDouble | undefined): Member[] {
    return this.nodes.map((node) => ({ node, isLeader: node === leader }));
  }
}
