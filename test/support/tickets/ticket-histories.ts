import type { Append } from '../../../src/platform/event-store/event-store.js';
import { instant } from '../../../src/shared/instant.js';
import { encode } from '../../../src/tickets/domain/ticket.codec.js';
import { ticketStream, type Place, type TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import { fiveZones } from '../figures/five-zones.js';

/** A random number generator (Mulberry32): the same seed gives the same numbers, from 0 up to 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const places: Place[] = Object.entries(fiveZones).flatMap(([establishment, { timeZone, sites }]) => [
  { establishment, timeZone },
  ...Object.entries(sites).map(([site, zone]) => ({ establishment, site, timeZone: zone })),
]);

type Status = 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled';

const hour = 3_600_000;
const firstDay = Date.parse('2026-05-01T00:00:00Z');
const openedWithinMs = 30 * 24 * hour;
/** How many tickets' events are interleaved, so that the events of one ticket are apart in the log. */
const ticketsAtOnce = 40;
/** Random but valid histories of tickets at the places of five-zones.ts, from May 2026 on, as appends in the order of the log. */
export class TicketHistories {
  private readonly random: () => number;
  private readonly alive: Life[] = [];

  /** `maxEvents` is the most events of one ticket. */
  constructor(
    seed: number,
    private readonly maxEvents = 14,
  ) {
    this.random = seeded(seed);
  }

  /** The next appends, with `events` events in all, to be made in this order. */
  take(events: number): Append[] {
    const appends: Append[] = [];
    for (let left = events; left > 0;) {
      while (this.alive.length < ticketsAtOnce) this.alive.push(new Life(this.random, this.maxEvents));
      const index = Math.floor(this.random() * this.alive.length);
      const life = this.alive[index]!;
      const append = life.goOn(Math.min(left, 1 + Math.floor(this.random() * 3)));
      if (life.over) this.alive.splice(index, 1);
      appends.push(append);
      left -= append.events.length;
    }
    return appends;
  }
}

class Life {
  private status: Status | 'unopened' = 'unopened';
  private revision = 0;
  private readonly id: string;
  private readonly opened: { at: Place; occurredAt: ReturnType<typeof instant> };
  private place: Place;
  private now: number;
  private ended = false;

  constructor(
    private readonly random: () => number,
    private readonly maxEvents: number,
  ) {
    this.id = this.uuid();
    this.place = this.oneOf(places);
    this.now = Math.floor(firstDay + random() * openedWithinMs);
    this.opened = { at: this.place, occurredAt: instant(this.now) };
  }

  get over(): boolean {
    return this.ended || this.revision >= this.maxEvents;
  }

  goOn(maxCount: number): Append {
    const expectedRevision = this.revision;
    const events: Append['events'][number][] = [];
    while (events.length < maxCount && !this.over) {
      const event = this.next();
      this.revision += 1;
      events.push(
        encode(this.uuid(), event, {
          ...{ commandId: this.uuid(), fingerprint: '', actor: 'test', claimedAt: event.occurredAt },
          ...{ correlationId: this.id, causationId: this.id },
        }),
      );
    }
    return { stream: ticketStream(this.id), expectedRevision, events };
  }

  private next(): TicketEvent {
    if (this.status !== 'unopened') this.now += Math.floor(this.random() ** 3 * 20 * hour);
    const { opened, place: at } = this;
    const occurredAt = instant(this.now);
    const reason = 'À refaire.';
    switch (this.status) {
      case 'unopened':
        this.status = 'open';
        return {
          ...{ type: 'TicketOpened', occurredAt, at, title: 'Lecteur muet' },
          ...{ category: 'materiel', priority: 'P3' },
        };
      case 'resolved':
        if (this.random() < 0.5) {
          this.status = 'closed';
          return { type: 'TicketClosed', occurredAt };
        }
        this.status = 'open';
        return { type: 'TicketReopened', occurredAt, at, opened, from: 'resolved', reason };
      case 'closed':
      case 'cancelled': {
        const from = this.status;
        this.status = 'open';
        return { type: 'TicketReopened', occurredAt, at, opened, from, reason };
      }
      case 'open':
      case 'in-progress':
      case 'waiting':
        return this.amongActive(occurredAt);
    }
  }

  private amongActive(occurredAt: ReturnType<typeof instant>): TicketEvent {
    const { opened, place: at } = this;
    const chance = this.random();
    if (chance < 0.35) {
      this.status = 'resolved';
      const resolution = { code: 'fixed', note: 'Redémarré.' } as const;
      return { type: 'TicketResolved', occurredAt, at, opened, resolution };
    }
    if (chance < 0.5) {
      this.place = this.oneOf(places.filter((place) => place !== at));
      return { type: 'TicketTransferred', occurredAt, from: at, to: this.place };
    }
    if (chance < 0.57) {
      this.status = 'cancelled';
      return { type: 'TicketCancelled', occurredAt, at, reason: 'Retiré.' };
    }
    if (chance < 0.6) {
      this.ended = true;
      return { type: 'TicketMerged', occurredAt, at, into: this.uuid() };
    }
    if (chance < 0.65) return { type: 'RequesterChanged', occurredAt, requester: { name: 'Marie Roy' } };
    if (chance < 0.8) return { type: 'NoteAdded', occurredAt, body: 'Vu sur place.', internal: false };
    if (chance < 0.9) {
      this.status = 'waiting';
      return { type: 'TicketPutOnHold', occurredAt, reason: 'vendor' };
    }
    this.status = 'in-progress';
    return { type: 'WorkStarted', occurredAt };
  }

  private oneOf<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.random() * values.length)]!;
  }

  private uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      Math.floor(this.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    );
    return hex.join('').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
  }
}
