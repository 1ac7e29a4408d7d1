import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Schemas } from '../../../src/client/client.js';

export type DeviceCommand = Schemas['SyncCommand'] & { ticketId: string };
type Result = Schemas['CommandResult'];

/** A ward where devices work side by side: their people tell each other of tickets, also of tickets that nobody has sent yet. */
export interface Ward {
  establishment: string;
  site: string | undefined;
  tickets: string[];
}

interface Parts {
  name: string;
  api: ApiClient;
  ward: Ward;
  random: () => number;
  /** How far the device's clock is ahead. */
  skewMs: number;
  /** When its people begin to work, in ms since 1970; they end now. */
  begins: number;
}

const rounds = 5;
const maxCommandsPerRound = 6;
const maxCommandsPerBatch = 12;

/**
 * A team's tablet: commands get the time of its own clock and wait in a queue; an answered command leaves the queue, and a refused one
 * is kept with the reason. The tablet sends the queue from its beginning, however much of it was sent before.
 */
export class Device {
  /** All commands in the order in which they were written, each with the true time of writing. */
  readonly written = new Map<string, { command: DeviceCommand; trueTime: number }>();
  readonly accepted = new Map<string, Result['status']>();
  readonly refused = new Map<string, Result>();
  private queue: DeviceCommand[] = [];
  private readonly own: string[] = [];
  private at: number;

  constructor(readonly parts: Parts) {
    this.at = parts.begins;
  }

  get waiting(): readonly DeviceCommand[] {
    return this.queue;
  }

  /** Works for some hours, now and then with a network; at the end it sends until everything is answered. */
  async shift(): Promise<void> {
    const { random, begins } = this.parts;
    const until = Date.now();
    for (let round = 1; round <= rounds; round += 1) {
      const end = begins + ((until - begins) * round) / rounds;
      this.work(1 + Math.floor(random() * maxCommandsPerRound), end);
      await sleep(random() * 60);
      // Someone taps «send» while the app is sending already.
      if (random() < 0.2) await Promise.all([this.sync(), sleep(random() * 20).then(() => this.sync())]);
      else if (random() < 0.8) await this.sync();
      this.tryAgain();
    }
    while (this.queue.length > 0) await this.sync();
  }

  private work(commands: number, end: number): void {
    const { random, skewMs } = this.parts;
    for (let left = commands; left > 0; left -= 1) {
      this.at += ((end - this.at) / left) * random();
      const occurredAt = new Date(this.at + skewMs).toISOString();
      const command = { ...this.next(), occurredAt };
      this.written.set(command.commandId, { command, trueTime: this.at });
      this.queue.push(command);
    }
  }

  /** Makes one attempt to send. The answer may come late, when another attempt was answered already. */
  private async sync(): Promise<void> {
    const { api, name, skewMs } = this.parts;
    const commands = this.queue.slice(0, maxCommandsPerBatch);
    if (commands.length === 0) return;
    const sentAt = new Date(Date.now() + skewMs).toISOString();
    const body = { deviceId: name, sentAt, commands };
    const answer = await api.POST('/v1/sync', { body }).catch((error: unknown) => {
      if ((error as Error).name === 'TypeError') return undefined;
      throw error;
    });
    if (!answer) return;
    if (!answer.data) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    answer.data.results.forEach((result, index) => this.take(commands[index]!, result));
  }

  private take({ commandId }: DeviceCommand, result: Result): void {
    this.queue = this.queue.filter((command) => command.commandId !== commandId);
    if (result.status !== 'refused') {
      this.accepted.set(commandId, result.status);
      this.refused.delete(commandId);
    } else if (!this.accepted.has(commandId)) this.refused.set(commandId, result);
  }

  /** Queues some refused commands again, which may be sent again under the same id. */
  private tryAgain(): void {
    for (const commandId of [...this.refused.keys()]) {
      if (this.parts.random() > 0.2) continue;
      this.refused.delete(commandId);
      this.queue.push(this.written.get(commandId)!.command);
    }
  }

  private next(): DeviceCommand {
    const { ward, random } = this.parts;
    const commandId = this.uuid();
    if (this.own.length === 0 || random() < 0.2) {
      const ticketId = this.uuid();
      this.own.push(ticketId);
      ward.tickets.push(ticketId);
      const { establishment, site } = ward;
      const place = { establishment, ...(site === undefined ? {} : { site }) };
      const texts = {
        title: 'Lecteur muet',
        category: 'materiel',
        priority: this.oneOf(['P2', 'P3'] as const),
      } as const;
      return { type: 'open', commandId, ticketId, ...place, ...texts };
    }
    const ids = { commandId, ticketId: this.oneOf(random() < 0.6 ? this.own : ward.tickets) };
    const reason = 'Revu sur place.';
    const kinds: (() => DeviceCommand)[] = [
      () => ({ ...ids, type: 'note', body: `Vu sur place, ${commandId}` }),
      () => ({ ...ids, type: 'start' }),
      () => ({ ...ids, type: 'hold', reason: this.oneOf(['user', 'vendor', 'change']) }),
      () => ({ ...ids, type: 'resolve', resolution: { code: 'fixed', note: 'Redémarré.' } }),
      () => ({ ...ids, type: 'resolve', resolution: { code: 'training', note: 'Montré.' } }),
      () => ({ ...ids, type: 'reopen', reason }),
      () => ({ ...ids, type: 'cancel', reason }),
      () => ({ ...ids, type: 'assign', team: this.oneOf(['mobile-01', 'mobile-02', null]) }),
      () => ({ ...ids, type: 'recategorize', category: this.oneOf(['materiel', 'acces']) }),
      () => ({ ...ids, type: 'reprioritize', priority: this.oneOf(['P1', 'P2', 'P3']) }),
      () => ({ ...ids, type: 'link', to: this.oneOf(ward.tickets), relation: 'related' }),
    ];
    return this.oneOf(kinds)();
  }

  private oneOf<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.parts.random() * values.length)]!;
  }

  private uuid(): string {
    const digits = Array.from({ length: 32 }, () => Math.floor(this.parts.random() * 16).toString(16));
    return digits.join('').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  }
}
