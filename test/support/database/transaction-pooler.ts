import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from 'node:net';

const terminate = 'X';
const readyForQuery = 'Z';
const idle = 'I';
const notification = 'A';

/** Splits bytes into messages of PostgreSQL's protocol: a letter (which the first message lacks), then a length that includes itself. */
class Messages {
  private rest = Buffer.alloc(0);

  constructor(private hasLetter: boolean) {}

  take(bytes: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const messages: Buffer[] = [];
    for (;;) {
      const offset = this.hasLetter ? 1 : 0;
      if (this.rest.length < offset + 4) return messages;
      const end = offset + this.rest.readInt32BE(offset);
      if (this.rest.length < end) return messages;
      messages.push(this.rest.subarray(0, end));
      this.rest = this.rest.subarray(end);
      this.hasLetter = true;
    }
  }
}

const letterOf = (message: Buffer): string => String.fromCharCode(message[0]!);

interface Session {
  socket: Socket;
  hello: Buffer;
  client: Socket | undefined;
}

/** A pooler like PgBouncer with pool_mode = transaction: a client gets any free session for each transaction, and returns it at the end. */
export class TransactionPooler {
  private readonly sessions: Session[] = [];
  private readonly free: Session[] = [];
  private readonly waiting: ((session: Session) => void)[] = [];
  private readonly clients = new Set<Socket>();
  private server: Server | undefined;

  constructor(
    private readonly behind: NetConnectOpts,
    private readonly size: number,
  ) {}

  /** Begins to listen; resolves to the port. */
  async open(): Promise<number> {
    this.server = createServer((client) => this.enter(client));
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of [...this.clients, ...this.sessions.map(({ socket }) => socket)]) socket.destroy();
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    await closed;
  }

  private enter(client: Socket): void {
    const messages = new Messages(false);
    let own: Session | undefined;
    let last: Promise<void> = Promise.resolve();
    this.clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => this.clients.delete(client));
    const handle = async (message: Buffer, isFirst: boolean) => {
      if (isFirst) {
        await this.fill(message);
        client.write(this.sessions[0]!.hello);
      } else if (letterOf(message) === terminate) {
        client.end();
      } else {
        if (own?.client !== client) own = await this.borrow(client);
        own.socket.write(message);
      }
    };
    let isFirst = true;
    client.on('data', (bytes) => {
      for (const message of messages.take(bytes)) {
        const first = isFirst;
        isFirst = false;
        last = last.then(() => handle(message, first)).catch(() => void client.destroy());
      }
    });
  }

  private borrow(client: Socket): Promise<Session> {
    const session = this.free.shift();
    const got = session
      ? Promise.resolve(session)
      : new Promise<Session>((resolve) => this.waiting.push(resolve));
    return got.then((borrowed) => {
      borrowed.client = client;
      return borrowed;
    });
  }

  private giveBack(session: Session): void {
    session.client = undefined;
    const next = this.waiting.shift();
    if (next) next(session);
    else this.free.push(session);
  }

  /** Opens all sessions with the startup message of the first client; clients get the greeting of the first session. */
  private async fill(startup: Buffer): Promise<void> {
    while (this.sessions.length < this.size) {
      const session = await this.begin(startup);
      this.sessions.push(session);
      this.giveBack(session);
    }
  }

  private async begin(startup: Buffer): Promise<Session> {
    const socket = connect(this.behind);
    await once(socket, 'connect');
    const session: Session = { socket, hello: Buffer.alloc(0), client: undefined };
    const messages = new Messages(true);
    let begun = false;
    const ready = new Promise<void>((resolve) => {
      socket.on('data', (bytes) => {
        for (const message of messages.take(bytes)) {
          const isEnd = letterOf(message) === readyForQuery && String.fromCharCode(message[5]!) === idle;
          if (!begun) {
            session.hello = Buffer.concat([session.hello, message]);
            begun = isEnd;
            if (begun) resolve();
            continue;
          }
          // A notification that arrives between transactions has no client, and is dropped.
          if (session.client || letterOf(message) !== notification) session.client?.write(message);
          if (isEnd) this.giveBack(session);
        }
      });
    });
    socket.on('error', () => undefined);
    socket.write(startup);
    await ready;
    return session;
  }
}
