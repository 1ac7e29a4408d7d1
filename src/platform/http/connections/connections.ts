import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { TimeLimits } from './time-limits.js';

const probeMs = 30_000;
const sweepMs = 50;

/** Everybody who is connected, held to the limits. A host name may have several addresses, and so several servers. */
export class Connections {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  /** The answers that are not yet out, by connection. */
  private readonly answering = new WeakMap<Socket, Set<ServerResponse>>();

  constructor(readonly limits: TimeLimits) {}

  /** A server as Fastify asks for one. */
  createServer(handler: RequestListener): Server {
    const { headersMs, idleMs, unreadMs } = this.limits;
    const server = createServer(
      {
        // A peer that has vanished is noticed by the probes of TCP.
        ...{ keepAlive: true, keepAliveInitialDelay: probeMs },
        connectionsCheckingInterval: Math.min(headersMs, 2_000) / 2,
        ...{ headersTimeout: headersMs, keepAliveTimeout: idleMs },
        // It would bound a request as a whole, and cut off a slow tablet: bodies are held to silence and rate instead.
        requestTimeout: 0,
      },
      handler,
    );
    server.timeout = unreadMs;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const responses = this.answering.get(socket) ?? new Set();
      this.answering.set(socket, responses.add(response));
      response.once('close', () => responses.delete(response));
    });
    // Nothing has moved for a while, in either direction.
    server.on('timeout', (socket: Socket) => {
      if (!this.isAnswering(socket) || socket.writableLength > 0) socket.destroy();
    });
    this.servers.push(server);
    return server;
  }

  isAnswering(socket: Socket): boolean {
    return (this.answering.get(socket)?.size ?? 0) > 0;
  }

  /**
   * For a stop: no new connections; those on which nothing is at hand are let go, and after a while all of them. Returns how to
   * end this, once the servers are closed.
   */
  letGo(): () => void {
    for (const server of this.servers) server.close();
    const sweep = setInterval(() => {
      for (const server of this.servers) server.closeIdleConnections();
      // Node.js takes one that has sent nothing yet for a request on its way.
      for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    }, sweepMs);
    const deadline = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, this.limits.stopMs);
    return () => {
      clearInterval(sweep);
      clearTimeout(deadline);
    };
  }
}
