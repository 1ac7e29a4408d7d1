import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { TimeLimits } from './time-limits.js';

const probeMs = 30_000;
const sweepMs = 50;

/** All client connections of this process, held to the time limits. A host name may have several addresses, and so several servers. */
export class Connections {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  /** The responses that are not sent completely yet, by connection. */
  private readonly answering = new WeakMap<Socket, Set<ServerResponse>>();

  constructor(
    readonly limits: TimeLimits,
    /** More are closed as soon as they are opened; 0: any number. */
    private readonly maxConnections = 0,
  ) {}

  /** Where operators are answered, where that is a port of its own. */
  managementPort: number | undefined;
  private handler: RequestListener | undefined;

  /** Answers on another port, too. */
  async listenForManagement(port: number, host: string): Promise<void> {
    if (!this.handler) throw new Error('nothing answers requests yet');
    const server = this.createServer(this.handler);
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    this.managementPort = typeof address === 'object' && address ? address.port : port;
  }

  /** A server as Fastify asks for one. */
  createServer(handler: RequestListener): Server {
    this.handler = handler;
    const { headersMs, idleMs, unreadMs } = this.limits;
    const server = createServer(
      {
        // TCP keep-alive probes notice a peer that has vanished.
        ...{ keepAlive: true, keepAliveInitialDelay: probeMs },
        connectionsCheckingInterval: Math.min(headersMs, 2_000) / 2,
        ...{ headersTimeout: headersMs, keepAliveTimeout: idleMs },
        // requestTimeout would limit a request as a whole, and cut off a slow tablet; limitBodies limits silence and rate instead.
        requestTimeout: 0,
        // Refused with a problem and all headers (`takeOneHost`); Node's own answer has neither.
        requireHostHeader: false,
      },
      handler,
    );
    // An expectation other than to go on is nobody's here; Node's own answer would have no headers.
    server.on('checkExpectation', (request, response) => server.emit('request', request, response));
    if (this.maxConnections > 0) server.maxConnections = this.maxConnections;
    server.timeout = unreadMs;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      this.closeAfterReading(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      const responses = this.answering.get(socket) ?? new Set();
      this.answering.set(socket, responses.add(response));
      response.once('close', () => responses.delete(response));
    });
    // This fires when no byte has moved for `unreadMs`, in either direction.
    server.on('timeout', (socket: Socket) => {
      if (!this.isAnswering(socket) || socket.writableLength > 0) socket.destroy();
    });
    this.servers.push(server);
    return server;
  }

  /**
   * Where the last answer is sent while its request is still being sent, only our side is closed: a connection that is destroyed with
   * bytes unread is reset, and the reset takes the answer from a client that has not read it yet. `limitBodies` ends the other side.
   */
  private closeAfterReading(socket: Socket): void {
    const destroySoon = socket.destroySoon.bind(socket);
    socket.destroySoon = () => {
      const isStillSending = [...(this.answering.get(socket) ?? [])].some(
        ({ req }) => !req.complete && !req.destroyed,
      );
      if (isStillSending) socket.end();
      else destroySoon();
    };
  }

  isAnswering(socket: Socket): boolean {
    return (this.answering.get(socket)?.size ?? 0) > 0;
  }

  /**
   * Begins the stop: no new connections are taken, idle connections are closed at once, and all others after `stopMs`. Returns how
   * to end this, to be called once the servers are closed.
   */
  letGo(): () => void {
    for (const server of this.servers) server.close();
    const sweep = setInterval(() => {
      for (const server of this.servers) server.closeIdleConnections();
      // Node.js takes a connection that has sent nothing yet for one with a request on its way.
      for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
    }, sweepMs);
    const deadline = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, this.limits.stopMs);
    return () => {
      clearInterval(sweep);
      clearTimeout(deadline);
      // Fastify lets go of those of its own servers only.
      for (const server of this.servers) server.closeAllConnections();
    };
  }
}
