import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import { BatchItem } from './batch-item.js';
import { BatchOrder } from './batch-order.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { RecordedTicketEvent } from '../domain/ticket.codec.js';

const ticketId = 'aaaaaaaa-0000-4000-8000-000000000001';
const otherTicket = 'aaaaaaaa-0000-4000-8000-000000000002';
const idOf = (name: number) => `cccccccc-0000-4000-8000-00000000000${name}`;
const ten = '2026-05-15T10:00:00.000Z';
const start = (name: number, occurredAt: string | undefined = ten, changes: object = {}) => ({
  ...{ type: 'start', commandId: idOf(name), ticketId, occurredAt },
  ...changes,
});
const untimed = (name: number) => start(name, undefined, { occurredAt: undefined });

/** The log's newest position when the batch arrived. */
const positionAtArrival = 7n;

/** The event of a start that was applied; unless told otherwise, of the start claimed for ten o’clock. */
const applied = (name: number, { position = 3n, at = ten } = {}) => {
  const fingerprint = fingerprintOf('start', ticketId, { occurredAt: instant(at) });
  const metadata = { commandId: idOf(name), deviceId: 'tablette', fingerprint };
  return { position, metadata } as RecordedTicketEvent;
};

const sentTogether = async (
  sent: unknown[],
  item: number,
  event: RecordedTicketEvent,
  deviceId: string | undefined = 'tablette',
): Promise<boolean> => {
  const items = sent.map((command, index) => new BatchItem(command, index));
  const order = await BatchOrder.of(items, deviceId, () => Promise.resolve(positionAtArrival));
  return order.after(items[item]!)?.(event) ?? false;
};

describe('a command and a later one of the same batch', () => {
  it('were sent together if the later one was applied before this batch, from the same device, and happened no earlier', async () => {
    expect(await sentTogether([start(1), start(2)], 0, applied(2))).toBe(true);
    const [later, earlier] = ['2026-05-15T06:00:00.001-04:00', '2026-05-15T09:59:59.999Z'];
    expect(await sentTogether([start(1), start(2, later)], 0, applied(2, { at: later }))).toBe(true);
    expect(await sentTogether([start(1), start(2, earlier)], 0, applied(2, { at: earlier }))).toBe(false);
  });

  it('were sent together if either of them claims no time', async () => {
    expect(await sentTogether([untimed(1), start(2)], 0, applied(2))).toBe(true);
    const event = applied(2);
    event.metadata.fingerprint = fingerprintOf('start', ticketId, {});
    expect(await sentTogether([start(1), untimed(2)], 0, event)).toBe(true);
  });

  it('were not sent together if the devices differ, or if either device is unknown', async () => {
    const sent = [start(1), start(2)];
    expect(await sentTogether(sent, 0, applied(2), 'autre')).toBe(false);
    const alone = applied(2);
    alone.metadata.deviceId = undefined;
    expect(await sentTogether(sent, 0, alone)).toBe(false);
    const items = sent.map((command, index) => new BatchItem(command, index));
    const order = await BatchOrder.of(items, undefined, () => Promise.resolve(positionAtArrival));
    expect(order.after(items[0]!)).toBeUndefined();
  });

  it('were not sent together if the later one was applied after this batch arrived', async () => {
    const sent = [start(1), start(2)];
    expect(await sentTogether(sent, 0, applied(2, { position: positionAtArrival }))).toBe(true);
    expect(await sentTogether(sent, 0, applied(2, { position: positionAtArrival + 1n }))).toBe(false);
  });

  it('were not sent together if the later one is about another ticket, or another command has its id', async () => {
    expect(await sentTogether([start(1), start(2, ten, { ticketId: otherTicket })], 0, applied(2))).toBe(
      false,
    );
    expect(await sentTogether([start(1), start(2)], 0, applied(2, { at: '2026-05-15T08:00:00Z' }))).toBe(
      false,
    );
    expect(await sentTogether([start(1), start(2, 'hier')], 0, applied(2))).toBe(false);
  });

  it('are ordered by the first place of each, where one is in the batch twice', async () => {
    expect(await sentTogether([start(2), start(1), start(2)], 1, applied(2))).toBe(false);
    expect(await sentTogether([start(1), start(2), start(1)], 2, applied(2))).toBe(false);
    expect(await sentTogether([start(2), start(2)], 0, applied(2))).toBe(false);
  });

  it('are recognised by their ids, in whatever case these are written', async () => {
    const capitals = { ticketId: ticketId.toUpperCase(), commandId: idOf(2).toUpperCase() };
    expect(await sentTogether([start(1), start(2, ten, capitals)], 0, applied(2))).toBe(true);
  });

  it('need the log’s position only if they are about the same ticket', async () => {
    let reads = 0;
    const position = () => Promise.resolve(BigInt((reads += 1)));
    const aboutOtherTicket = start(2, ten, { ticketId: otherTicket });
    await BatchOrder.of(
      [new BatchItem(start(1), 0), new BatchItem(aboutOtherTicket, 1)],
      'tablette',
      position,
    );
    expect(reads).toBe(0);
    await BatchOrder.of([new BatchItem(start(1), 0), new BatchItem(start(2), 1)], 'tablette', position);
    expect(reads).toBe(1);
  });
});
