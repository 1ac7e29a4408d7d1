import { setTimeout as sleep } from 'node:timers/promises';
import { CallRefused, GrpcError, grpcCodes } from '../transport/grpc-error.js';
import { NodeSession, type Endpoint } from '../transport/node-session.js';
import { AppendCall, type AppendRequest } from './append-call.js';
import type { ConnectionSettings } from './connection-settings.js';
import { findLeader } from './leader-discovery.js';
import { openSubscription, readEvents, type ReadFrom, type SubscriptionCall } from './read-call.js';
import type { StoredEvent } from './read-response.js';
import { assertUsableVersion } from './server-version.js';
import { leaderElsewhere } from './store-errors.js';

const maxRedirections = 3;
const redirectionMs = 50;
/** Calls that were refused take their turn when others have ended: so they wait a little longer each time, 1.5 s altogether. */
const maxRefusals = 12;
const refusalMs = 20;
/** How long a node may take to answer the first call on a new connection. */
const openingMs = 1_000;

interface Leader {
  session: NodeSession;
  appends: AppendCall;
}

/**
 * The connection to the leader. It is made when it is first needed, and anew when it is lost, when the node says that it does not lead,
 * and when the node hangs. Nothing of a failed attempt is kept: the next call makes another.
 */
export class Connection {
  private current: Leader | undefined;
  private opening: Promise<Leader> | undefined;
  private suspect: Endpoint | undefined;
  private hint: Endpoint | undefined;
  private closed = false;

  constructor(
    private readonly settings: ConnectionSettings,
    private readonly readDeadlineMs: number,
  ) {}

  /** Sends an append; resolves and throws as AppendCall does. */
  append(request: AppendRequest): Promise<bigint | undefined> {
    return this.atLeader(({ appends }) => appends.append(request));
  }

  read(
    from: ReadFrom,
    maxCount = Number.MAX_SAFE_INTEGER,
    deadlineMs = this.readDeadlineMs,
  ): Promise<StoredEvent[]> {
    return this.atLeader(({ session }) => readEvents(session, { from, maxCount, deadlineMs }));
  }

  /** A subscription, until it breaks: then `failed` is to be called, since the error may say that the node does not lead any more. */
  async subscribe(after: bigint): Promise<{ call: SubscriptionCall; failed: (error: unknown) => void }> {
    const leader = await this.leader();
    return {
      call: openSubscription(leader.session, after),
      failed: (error) => this.leave(leader, error),
    };
  }

  /** Gives the leader up when it has answered no append for so long: it may hang although it answers pings. */
  giveUpIfSilentFor(ms: number): void {
    const { current } = this;
    if (!current || current.appends.silentMs < ms) return;
    this.forget(current);
    current.session.destroy();
  }

  close(): Promise<void> {
    this.closed = true;
    this.current?.session.destroy();
    return Promise.resolve();
  }

  /** Runs a call, again when the node says that another one leads, or that it takes no more calls at the moment. */
  private async atLeader<Result>(call: (leader: Leader) => Promise<Result>): Promise<Result> {
    for (let attempts = 1; ; attempts += 1) {
      const leader = await this.leader();
      try {
        return await call(leader);
      } catch (error) {
        this.leave(leader, error);
        const isRefused = error instanceof CallRefused;
        const isElsewhere = leaderElsewhere(error)?.leader !== undefined;
        if (attempts > (isRefused ? maxRefusals : isElsewhere ? maxRedirections : 0)) throw error;
        await sleep(isRefused ? refusalMs * attempts : redirectionMs);
      }
    }
  }

  private async leader(): Promise<Leader> {
    if (this.closed) throw new GrpcError(grpcCodes.unavailable, 'the connection is closed');
    const { current } = this;
    if (current?.session.isOpen === true) return current;
    if (current) this.forget(current);
    return (this.opening ??= this.open().finally(() => (this.opening = undefined)));
  }

  private async open(): Promise<Leader> {
    const node = await this.nextNode();
    const session = new NodeSession(node, this.settings.session);
    try {
      await assertUsableVersion(session, openingMs);
    } catch (error) {
      session.destroy();
      this.suspect = node;
      throw error;
    }
    this.suspect = undefined;
    this.current = { session, appends: new AppendCall(session) };
    if (this.closed) session.destroy();
    return this.current;
  }

  /** The node to connect to. What was said of the leader elsewhere is used once: if it does not hold, the search begins anew. */
  private async nextNode(): Promise<Endpoint> {
    const { settings, suspect, hint } = this;
    this.hint = undefined;
    if (settings.discovery !== 'direct') return findLeader(settings, { suspect, hint });
    const [node] = settings.nodes;
    if (!node) throw new Error('the connection string names no node');
    return hint ?? node;
  }

  /** Leaves a node whose answer says that it does not lead. Its calls in progress are ended by the node, or answered. */
  private leave(leader: Leader, error: unknown): void {
    const elsewhere = leaderElsewhere(error);
    if (!elsewhere || this.current !== leader) return;
    this.hint = elsewhere.leader;
    this.forget(leader);
    leader.session.retire();
  }

  private forget(leader: Leader): void {
    this.suspect = leader.session.node;
    this.current = undefined;
  }
}
