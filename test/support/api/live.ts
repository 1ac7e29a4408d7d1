import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Client } from './client.js';
import type { TicketBody } from './contract.js';
import { patienceMs } from '../patience.js';

/** An event of /v1/events. */
export interface LiveNews {
  event: string;
  id: string;
  data: {
    position: string;
    revision: number;
    type: string;
    ticketId: string;
    actor: string;
    commandId: string;
    ticket?: TicketBody;
    reason?: string;
    mergedInto?: string | null;
  };
}

const agent = new Agent({ maxSockets: Infinity });

/** A listener to /v1/events on a connection of its own. */
export class Listener {
  readonly news: LiveNews[] = [];
  /** The last id that the server sent, with an event or without: everything up to this position has been sent. */
  lastId = '';
  comments = 0;
  ended = false;
  private text = '';
  private changed: () => void = () => undefined;

  private constructor(
    private readonly call: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8').on('data', (part: string) => this.take(part));
    const end = () => {
      this.ended = true;
      this.changed();
    };
    response.on('close', end).on('error', end);
    this.call.on('error', end);
  }

  /** Opens a connection; resolves once the server has sent the position at which it begins. */
  static async open(
    { url, token }: Client,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<Listener> {
    const listener = await new Promise<Listener>((resolve, reject) => {
      const call = request(
        new URL(`/v1/events${query}`, url),
        { agent, headers: { Authorization: `Bearer ${token}`, ...headers } },
        (response) => {
          if (response.statusCode === 200) resolve(new Listener(call, response));
          else reject(new Error(`answered ${response.statusCode}`));
        },
      );
      call.on('error', reject).end();
    });
    await listener.until(() => listener.lastId !== '');
    return listener;
  }

  /** Waits until a condition on what was received holds. Throws when it does not hold within `patienceMs`. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!holds()) {
      const leftMs = deadline - Date.now();
      if (leftMs <= 0) throw new Error(`waited in vain, with ${this.news.length} events`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits for the next `count` events, and takes them. */
  async next(count: number): Promise<LiveNews[]> {
    await this.until(() => this.news.length >= count);
    return this.news.splice(0, count);
  }

  /** Waits until everything up to a position has been received. */
  upTo(position: string): Promise<void> {
    return this.until(() => this.lastId !== '' && BigInt(this.lastId) >= BigInt(position));
  }

  leave(): void {
    this.call.destroy();
  }

  private take(part: string): void {
    this.text += part;
    const blocks = this.text.split('\n\n');
    this.text = blocks.pop()!;
    for (const block of blocks) this.read(block);
    this.changed();
  }

  private read(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line)!;
        return [name, value];
      }),
    );
    if (fields.has('')) this.comments += 1;
    const id = fields.get('id');
    const data = fields.get('data');
    if (id !== undefined) this.lastId = id;
    if (data === undefined) return;
    this.news.push({ event: fields.get('event')!, id: id!, data: JSON.parse(data) as LiveNews['data'] });
  }
}
