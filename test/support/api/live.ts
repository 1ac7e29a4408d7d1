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

/** A connection of its own to /v1/events, read as it comes. */
export class Listener {
  readonly news: LiveNews[] = [];
  /** What the server said last of how far it has told, be it with an event or without. */
  lastId = '';
  comments = 0;
  ended = false;
  private text = '';
  private changed: () => void = () => undefined;

  private constructor(
    private readonly asked: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8').on('data', (part: string) => this.take(part));
    const end = () => {
      this.ended = true;
      this.changed();
    };
    response.on('close', end).on('error', end);
    asked.on('error', end);
  }

  /** Resolves once the server has said where it begins. */
  static async open(
    { url, token }: Client,
    headers: Record<string, string> = {},
    query = '',
  ): Promise<Listener> {
    const listener = await new Promise<Listener>((resolve, reject) => {
      const asked = request(
        new URL(`/v1/events${query}`, url),
        { agent, headers: { Authorization: `Bearer ${token}`, ...headers } },
        (response) => {
          if (response.statusCode === 200) resolve(new Listener(asked, response));
          else reject(new Error(`answered ${response.statusCode}`));
        },
      );
      asked.on('error', reject).end();
    });
    await listener.until(() => listener.lastId !== '');
    return listener;
  }

  /** Waits until something holds of what has come. Throws when it never does. */
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

  /** Takes the next events. */
  async next(count: number): Promise<LiveNews[]> {
    await this.until(() => this.news.length >= count);
    return this.news.splice(0, count);
  }

  /** Everything up to a position has come. */
  upTo(position: string): Promise<void> {
    return this.until(() => this.lastId !== '' && BigInt(this.lastId) >= BigInt(position));
  }

  leave(): void {
    this.asked.destroy();
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
