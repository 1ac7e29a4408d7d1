import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';

/** A TCP proxy in front of a server: it passes bytes on, and can break connections as networks do. */
export class Door {
  private readonly outsides = new Set<Socket>();
  private readonly insides = new Set<Socket>();
  private server: Server | undefined;
  private held = false;
  private frozen = false;
  private readonly silent = new Set<Socket>();
  port = 0;
  /** Bytes passed on to clients so far. */
  bytesOut = 0;

  constructor(private readonly behind: NetConnectOpts) {}

  async open(): Promise<void> {
    this.server = createServer((outside) => this.enter(outside));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection; new connections are accepted. */
  drop(): void {
    for (const socket of this.outsides) socket.destroy();
  }

  /** Cuts every connection, and refuses new ones. */
  async shut(): Promise<void> {
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    this.drop();
    await closed;
  }

  /** Passes on requests but no answers: to its clients the server has gone silent. */
  holdAnswers(): void {
    this.held = true;
    for (const inside of this.insides) inside.pause();
  }

  /** Silences the present connections: they pass nothing on to their clients and stay open. New connections work. */
  silence(): void {
    for (const inside of this.insides) {
      inside.pause();
      this.silent.add(inside);
    }
  }

  /** Passes nothing on in either direction, and still accepts connections, as the kernel does for a process that is stopped. */
  freeze(): void {
    this.frozen = true;
    for (const outside of this.outsides) outside.pause();
    this.holdAnswers();
  }

  thaw(): void {
    this.frozen = false;
    for (const outside of this.outsides) outside.resume();
    this.letAnswersOut();
  }

  letAnswersOut(): void {
    this.held = false;
    this.silent.clear();
    for (const inside of this.insides) inside.resume();
  }

  private enter(outside: Socket): void {
    const inside = connect(this.behind);
    this.join(this.outsides, outside, inside);
    this.join(this.insides, inside, outside);
    outside.pipe(inside);
    inside.on('data', (bytes) => {
      this.bytesOut += bytes.length;
      if (!outside.write(bytes)) inside.pause();
    });
    inside.on('end', () => outside.end());
    outside.on('drain', () => {
      if (!this.held && !this.silent.has(inside)) inside.resume();
    });
    if (this.held) inside.pause();
    if (this.frozen) outside.pause();
  }

  private join(all: Set<Socket>, socket: Socket, other: Socket): void {
    all.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      other.destroy();
      all.delete(socket);
      this.silent.delete(socket);
    });
  }
}
