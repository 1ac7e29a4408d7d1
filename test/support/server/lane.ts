import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';

export interface LaneAnswer<Body> {
  status: number;
  headers: IncomingMessage['headers'];
  body: Body;
}

/** One connection that is kept: each request on it is answered by the process that has accepted it. */
export class Lane {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private localPort: number | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  get = <Body>(path: string): Promise<LaneAnswer<Body>> => this.send('GET', path);
  post = <Body>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<LaneAnswer<Body>> => this.send('POST', path, JSON.stringify(body), headers);

  /** Which of these processes has accepted it. */
  async pidAmong(pids: readonly number[]): Promise<number | undefined> {
    if (this.localPort === undefined) await this.get('/health/live');
    const inode = acceptedInode(this.localPort ?? 0, Number(new URL(this.url).port));
    return pids.find((pid) => inode !== undefined && holds(pid, inode));
  }

  close(): void {
    this.agent.destroy();
  }

  private async send<Body>(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<LaneAnswer<Body>> {
    const call = request(this.url.replace('localhost', '127.0.0.1') + path, {
      ...{ method, agent: this.agent },
      headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json', ...headers },
    });
    call.end(body);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    this.localPort = call.socket?.localPort;
    const text = (await response.setEncoding('utf8').toArray()).join('');
    const isJson = (response.headers['content-type'] ?? '').includes('json');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }
}

const hexadecimal = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/** The socket, on the server's side, of a connection between two ports of this machine. */
const acceptedInode = (clientPort: number, serverPort: number): string | undefined => {
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
    const [, local = '', remote = '', , , , , , , inode] = line.trim().split(/\s+/);
    if (local.endsWith(`:${hexadecimal(serverPort)}`) && remote.endsWith(`:${hexadecimal(clientPort)}`))
      return inode;
  }
  return undefined;
};

const holds = (pid: number, inode: string): boolean => {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).some((name) => {
    try {
      return readlinkSync(`${folder}/${name}`) === `socket:[${inode}]`;
    } catch {
      return false;
    }
  });
};
