import { promisify } from 'node:util';
import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { batchAppend } from './appends.js';
import { Door } from '../network/door.js';
import { Faults } from './faults.js';
import { Log } from './log.js';
import { read, type ReadCall } from './reads.js';
import { shuttingDown } from './refusals.js';

/** A node as gossip shows it. */
export interface Member {
  node: KurrentDbDouble;
  isLeader: boolean;
}

export interface DoubleOptions {
  /** The log of another node, for nodes of one cluster. */
  log?: Log;
  tls?: { key: string; certificate: string };
}

/**
 * A test double of KurrentDB: it keeps its log in memory and speaks the protocol on a port of its own, by the service definitions of
 * the client. It has batch append, reads and subscriptions, features and gossip, and faults on demand.
 */
export class KurrentDbDouble {
  readonly faults = new Faults();
  /** Names of the methods called so far, in order. */
  readonly calls: string[] = [];
  /** The position after which each subscription so far began; undefined for the log's beginning. */
  readonly subscribedAfter: (bigint | undefined)[] = [];
  /** How many events were sent to subscriptions so far. */
  subscriptionEvents = 0;
  /** The nodes that this node's gossip names. */
  members: readonly Member[] = [{ node: this, isLeader: true }];

  private constructor(
    readonly log: Log,
    readonly door: Door,
    private readonly behind: number,
    private readonly server: Server,
    private readonly tls: boolean,
  ) {}

  static async start(options: DoubleOptions = {}): Promise<KurrentDbDouble> {
    const { log = new Log(), tls } = options;
    const server = new Server();
    const bind = promisify(server.bindAsync.bind(server));
    const credentials = tls
      ? ServerCredentials.createSsl(null, [
          { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) },
        ])
      : ServerCredentials.createInsecure();
    const port = await bind('127.0.0.1:0', credentials);
    const door = new Door({ host: '127.0.0.1', port });
    const double = new KurrentDbDouble(log, door, port, server, tls !== undefined);
    double.serve();
    await door.open();
    return double;
  }

  get url(): string {
    return this.urlAt(this.door.port);
  }

  /** The URL of the server itself, which works whatever happens at its door. */
  get urlBehindTheDoor(): string {
    return this.urlAt(this.behind);
  }

  /** Ends every call in progress, as a server does that stops. */
  endCalls(): void {
    this.faults.endCalls.emit('end', shuttingDown());
  }

  async stop(): Promise<void> {
    await this.door.shut();
    this.server.forceShutdown();
  }

  private urlAt(port: number): string {
    return `kurrentdb://127.0.0.1:${port}?tls=${this.tls}`;
  }

  private serve(): void {
    const { log, faults, server } = this;
    server.addService(streamsService.StreamsService, {
      read: this.noted(
        (call: ReadCall) => this.nameOfRead(call),
        read(log, faults, () => (this.subscriptionEvents += 1)),
      ),
      batchAppend: this.noted('batchAppend', batchAppend(log, faults)),
    });
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: this.noted('features', (_call: unknown, answer: sendUnaryData<unknown>) => {
        if (!faults.silent && !faults.featuresKept) answer(null, supported(faults.version));
      }),
    });
    server.addService(gossipService.GossipService, {
      read: this.noted('gossip', (_call: unknown, answer: sendUnaryData<unknown>) => {
        answer(null, new gossip.ClusterInfo().setMembersList(this.members.map(memberInfo)));
      }),
    });
  }

  private nameOfRead(call: ReadCall): string {
    const options = call.request.getOptions();
    if (!options?.hasSubscription()) return 'read';
    const after = options.getAll()?.getPosition()?.getCommitPosition();
    this.subscribedAfter.push(after === undefined ? undefined : BigInt(after));
    return 'subscribe';
  }

  private noted<Call, Rest extends unknown[]>(
    name: string | ((call: Call) => string),
    handle: (call: Call, ...rest: Rest) => void,
  ) {
    return (call: Call, ...rest: Rest): void => {
      this.calls.push(typeof name === 'string' ? name : name(call));
      handle(call, ...rest);
    };
  }
}

const service = 'event_store.client.streams.streams';

const supported = (version: string): features.SupportedMethods =>
  new features.SupportedMethods()
    .setEventStoreServerVersion(version)
    .setMethodsList(
      ['read', 'batchappend'].map((method) =>
        new features.SupportedMethod().setServiceName(service).setMethodName(method),
      ),
    );

const { LEADER, FOLLOWER } = gossip.MemberInfo.VNodeState;

const memberInfo = ({ node, isLeader }: Member): gossip.MemberInfo =>
  new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
    .setTimeStamp('0')
    .setIsAlive(true)
    .setState(isLeader ? LEADER : FOLLOWER)
    .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(node.door.port));
