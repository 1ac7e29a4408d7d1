import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QueuedCommand, Command } from './command.js';
import { corrected, doneAgain } from './remedy.js';
import { matchAnswers, nextBatch, type Entry, type CommandAnswer } from './queue.js';

/** A minimal server: it applies a command once, and refuses without remembering it a command that the ticket does not allow. */
class SmallServer {
  readonly applied: Command[] = [];
  private readonly tickets = new Map<string, 'open' | 'resolved'>();

  take(commands: readonly Command[]): CommandAnswer[] {
    return commands.map((command) => {
      const { commandId } = command;
      if (this.applied.some((known) => known.commandId === commandId))
        return { commandId, status: 'duplicate' };
      const code = this.refusalOf(command);
      if (code === 'unchanged') return { commandId, status: 'unchanged' };
      if (code) return { commandId, status: 'refused', refusal: { code, title: code, detail: code } };
      this.applied.push(command);
      return { commandId, status: 'applied' };
    });
  }

  private refusalOf({ type, ticketId, ...fields }: Command): string | undefined {
    const status = this.tickets.get(ticketId);
    if (type === 'open') {
      if ('title' in fields && fields.title === 'refused') return 'malformed';
      this.tickets.set(ticketId, 'open');
      return undefined;
    }
    if (status === undefined) return 'ticket-not-found';
    if (type === 'start' && status === 'resolved') return 'ticket-resolved';
    if (type === 'resolve') this.tickets.set(ticketId, 'resolved');
    return type === 'resolve' && status === 'resolved' ? 'unchanged' : undefined;
  }
}

const commandOf = (type: string, good: boolean): QueuedCommand => {
  if (type === 'open') {
    const title = good ? 'Écran noir' : 'refused';
    return { type, establishment: 'NIM', title, category: 'materiel', priority: 'P3' };
  }
  if (type === 'note') return { type, body: 'vu' };
  return type === 'start' ? { type } : { type: 'resolve', resolution: { code: 'fixed', note: 'fait' } };
};

/** A tablet with two tabs on one queue; each tab sends what it read some time before. */
class Tablet {
  queue: Entry[] = [];
  made: Command[] = [];
  private readonly read: Entry[][] = [[], []];
  private seq = 0;

  constructor(private readonly server: SmallServer) {}

  /** Makes a command; the first command of a ticket is always its opening. */
  make(ticket: number, type: string, good: boolean): void {
    const ticketId = `t${ticket}`;
    const isNew = !this.made.some((command) => command.ticketId === ticketId);
    this.seq += 1;
    const command: Command = {
      ...{ commandId: `c${this.seq}`, ticketId, occurredAt: '2026-05-15T10:00:00.000-04:00' },
      ...commandOf(isNew ? 'open' : type === 'open' ? 'note' : type, good),
    };
    this.made.push(command);
    this.queue.push({ seq: this.seq, person: 'alice', about: ticketId, command });
  }

  readBatch(tab: number, maxCommands: number): void {
    this.read[tab] = nextBatch(this.queue, 'alice', { maxCommands });
  }

  send(tab: number, fate: string): void {
    const batch = this.read[tab] ?? [];
    const commands = batch.map(({ command }) => command);
    if (fate === 'request lost') return;
    if (fate === 'sent twice') this.server.take(commands);
    const results = this.server.take(commands);
    if (fate !== 'answer lost') this.settle(batch, results);
  }

  /** Corrects or repeats the first refused entry, as a person would. */
  mend(): void {
    const [entry] = this.queue.filter(({ refusal }) => refusal);
    if (!entry) return;
    this.seq += 1;
    const mended =
      entry.command.type === 'open'
        ? corrected(entry, commandOf('open', true), () => `c${this.seq}`)
        : doneAgain(entry, '2026-05-15T11:00:00.000-04:00', this.seq);
    this.queue = this.queue.map((queued) => (queued === entry ? mended : queued));
  }

  private settle(batch: Entry[], results: CommandAnswer[]): void {
    const { accepted, refused } = matchAnswers(this.queue, batch, results);
    const gone = accepted.map(({ entry }) => entry);
    this.queue = this.queue
      .filter((entry) => !gone.includes(entry))
      .map((entry) => refused.find(({ seq }) => seq === entry.seq) ?? entry);
  }
}

type Step = (tablet: Tablet) => void;
const tab = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat({ max: 3 }), fc.constantFrom('open', 'note', 'start', 'resolve'), fc.boolean()).map(
    (made): Step =>
      (tablet) =>
        tablet.make(...made),
  ),
  fc.tuple(tab, fc.integer({ min: 1, max: 5 })).map(
    (looked): Step =>
      (tablet) =>
        tablet.readBatch(...looked),
  ),
  fc.tuple(tab, fc.constantFrom('answered', 'request lost', 'answer lost', 'sent twice')).map(
    (sent): Step =>
      (tablet) =>
        tablet.send(...sent),
  ),
  fc.constant<Step>((tablet) => tablet.mend()),
);

describe('whatever the network drops or repeats', () => {
  it('each command is applied at most once and in order, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = new SmallServer();
        const tablet = new Tablet(server);
        for (const take of steps) take(tablet);
        for (let round = 0; round < 100; round += 1) {
          tablet.readBatch(0, 3);
          tablet.send(0, 'answered');
        }
        const ids = server.applied.map(({ commandId }) => commandId);
        expect(new Set(ids).size).toBe(ids.length);
        // Every entry that is left waits for a person, or for an opening that waits for a person.
        expect(nextBatch(tablet.queue, 'alice', { maxCommands: 10 })).toEqual([]);
        const left = new Set(tablet.queue.map(({ command }) => command.commandId));
        expect(ids.filter((id) => left.has(id))).toEqual([]);
        const gone = tablet.made.filter(({ commandId }) => !left.has(commandId) && !ids.includes(commandId));
        // A command that left the queue without being applied was unchanged: only a resolution can be.
        expect(gone.filter(({ type }) => type !== 'resolve')).toEqual([]);
        for (const ticketId of new Set(tablet.made.map((command) => command.ticketId))) {
          const order = server.applied.filter((command) => command.ticketId === ticketId);
          const neverRepeated = order.filter(
            ({ occurredAt }) => occurredAt === '2026-05-15T10:00:00.000-04:00',
          );
          expect(neverRepeated.map(({ commandId }) => commandId)).toEqual(
            tablet.made
              .map(({ commandId }) => commandId)
              .filter((id) => neverRepeated.some((command) => command.commandId === id)),
          );
        }
      }),
    );
  });
});
