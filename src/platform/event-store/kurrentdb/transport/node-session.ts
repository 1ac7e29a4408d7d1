import { connect, type ClientHttp2Session, type SecureClientSessionOptions } from 'node:http2';
import { GrpcCall, type GrpcMethod } from './grpc-call.js';
import { GrpcError, grpcCodes } from './grpc-error.js';

/** A node's address. */
export interface Endpoint {
  address: string;
  port: number;
  /** The name that the node's certificate must have, where the address is what the name was resolved to. */
  servername?: string;
}

export const isSameEndpoint = (one: Endpoint | undefined, other: Endpoint): boolean =>
  one?.address === other.address && one.port === other.port;

export const addressOf = ({ address, port }: Endpoint): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

export interface SessionOptions {
  /** How the node's certificate is checked, and ours; undefined for connections without encryption. */
  tls: SecureClientSessionOptions | undefined;
  /** Headers of every call, such as the user's. */
  headers: Record<string, string>;
  /** A ping is sent so often; a session on which one is not answered within `keepAliveTimeoutMs` is closed. */
  keepAliveMs: number;
  keepAliveTimeoutMs: number;
}

export interface CallOptions {
  deadlineMs?: number;
  /** Whether any node may answer; by default only the leader. */
  anyNode?: boolean;
}

/** How many bytes of one call may be under way, or waiting in this process until they are taken. */
const streamWindow = 2 ** 18;
/**
 * How many bytes of all calls may be under way; what has arrived does not count, whether it is taken or not. HTTP/2's own 64 KiB left
 * the server waiting half of the time.
 */
const connectionWindow = 2 ** 20;

/**
 * A connection to one node, for gRPC calls by the service definitions of KurrentDB's client. It offers no compression: the server would
 * compress each message by itself, and inflating them took four fifths of the time of reading (measured on 26.1.0). The gRPC libraries
 * for Node either always offer it (@grpc/grpc-js) or don't take these messages (@connectrpc/connect-node).
 *
 * It is watched by pings: a process that is stopped, or a machine that is gone, closes no connection.
 */
export class NodeSession {
  private readonly http: ClientHttp2Session;
  private readonly pinging: NodeJS.Timeout;

  constructor(
    readonly node: Endpoint,
    private readonly options: SessionOptions,
  ) {
    const { tls, keepAliveMs } = options;
    this.http = connect(`${tls ? 'https' : 'http'}://${addressOf(node)}`, {
      ...(tls && { ...tls, ...(node.servername !== undefined && { servername: node.servername }) }),
      settings: { enablePush: false, initialWindowSize: streamWindow },
    });
    this.http.once('connect', () => this.http.setLocalWindowSize(connectionWindow));
    // Calls report the error themselves.
    this.http.on('error', () => undefined);
    this.pinging = setInterval(() => this.ping(), keepAliveMs).unref();
    this.http.on('close', () => clearInterval(this.pinging));
  }

  /** Whether new calls can be made. */
  get isOpen(): boolean {
    return !this.http.closed && !this.http.destroyed;
  }

  call<Request, Response>(
    method: GrpcMethod<Request, Response>,
    { deadlineMs, anyNode = false }: CallOptions = {},
  ): GrpcCall<Request, Response> {
    if (!this.isOpen) throw new GrpcError(grpcCodes.unavailable, 'the connection is closed');
    const stream = this.http.request(
      {
        ':method': 'POST',
        ':path': method.path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...this.options.headers,
        ...(anyNode ? {} : { 'requires-leader': 'true' }),
        ...(deadlineMs === undefined ? {} : { 'grpc-timeout': `${Math.ceil(deadlineMs)}m` }),
      },
      { endStream: false },
    );
    return new GrpcCall(stream, method, deadlineMs);
  }

  /** Calls a method that has one request and one response. */
  async request<Request, Response>(
    method: GrpcMethod<Request, Response>,
    request: Request,
    options: CallOptions & { deadlineMs: number },
  ): Promise<Response> {
    const call = this.call(method, options);
    call.send(request);
    call.endRequests();
    for await (const response of call.responses()) {
      call.cancel();
      return response;
    }
    throw new GrpcError(grpcCodes.internal, 'the call ended without a response');
  }

  /** Takes no new calls, and closes once those in progress have ended. */
  retire(): void {
    this.http.close();
  }

  /** Closes at once; calls in progress fail with the reason. */
  destroy(reason = new GrpcError(grpcCodes.unavailable, 'the connection is closed')): void {
    if (!this.http.destroyed) this.http.destroy(reason);
  }

  private ping(): void {
    if (!this.isOpen || this.http.connecting) return;
    const { keepAliveTimeoutMs } = this.options;
    const unanswered = new GrpcError(
      grpcCodes.unavailable,
      `the node has not answered for ${keepAliveTimeoutMs} ms`,
    );
    let isAnswered = false;
    // What has arrived while this process was busy is read before the timer's verdict: it may be the answer.
    const timer = setTimeout(
      () => setImmediate(() => (isAnswered ? undefined : this.destroy(unanswered))),
      keepAliveTimeoutMs,
    );
    this.http.ping(() => {
      isAnswered = true;
      clearTimeout(timer);
    });
  }
}
