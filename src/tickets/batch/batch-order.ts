import type { BatchItem } from './batch-item.js';
import type { SentAfter } from '../repository/ticket-history.js';

interface Arrival {
  /** Where the batch came from; one without a device was not sent again by one. */
  deviceId: string | undefined;
  /** The log's newest position when the batch came: what lies beyond it was done by this batch, or beside it. */
  position: bigint;
}

/**
 * What a batch that is sent again tells of the first time: a command and a later one about the same ticket were sent together, if the
 * later one had been applied before this batch came, was recorded from the same device, and did not happen before the other.
 */
export class BatchOrder {
  private readonly byTicket = new Map<string, Map<string, BatchItem>>();

  private constructor(
    items: readonly BatchItem[],
    private readonly arrival: Arrival,
  ) {
    for (const item of items) {
      const { ticketId, commandId } = item;
      if (ticketId === undefined) continue;
      const known = this.byTicket.get(ticketId) ?? new Map<string, BatchItem>();
      this.byTicket.set(ticketId, known);
      // What stands in the batch twice stands where it comes first.
      if (!known.has(commandId)) known.set(commandId, item);
    }
  }

  /** `position` is asked for only where the order may tell anything. */
  static async of(
    items: readonly BatchItem[],
    deviceId: string | undefined,
    position: () => Promise<bigint>,
  ): Promise<BatchOrder> {
    const order = new BatchOrder(items, { deviceId, position: 0n });
    const tellsNothing = deviceId === undefined || [...order.byTicket.values()].every(({ size }) => size < 2);
    return tellsNothing ? order : new BatchOrder(items, { deviceId, position: await position() });
  }

  /** Undefined where nothing about the same ticket comes after it. */
  after(item: BatchItem): SentAfter | undefined {
    const about = this.byTicket.get(item.ticketId ?? '');
    if (!about || about.size < 2 || this.arrival.deviceId === undefined) return undefined;
    return ({ metadata, position }) => {
      const later = about.get(metadata.commandId);
      if (!later || later.index <= item.index) return false;
      if (metadata.deviceId !== this.arrival.deviceId || position > this.arrival.position) return false;
      return later.is(metadata.fingerprint) && isNoLater(item, later);
    };
  }
}

/** By the device's own clock, as both have it in this batch: corrected, the same time may come out otherwise at each sending. */
const isNoLater = (item: BatchItem, later: BatchItem): boolean => {
  const [at, laterAt] = [item, later].map((sent) => sent.read().body.occurredAt);
  return at === undefined || laterAt === undefined || at <= laterAt;
};
