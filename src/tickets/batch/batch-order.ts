import type { BatchItem } from './batch-item.js';
import type { SentAfter } from '../repository/ticket-history.js';

interface Arrival {
  /** The device that sent the batch; undefined for a bulk call, which no device sends again. */
  deviceId: string | undefined;
  /** The log's newest position when the batch arrived. Events beyond it were appended by this batch, or beside it. */
  position: bigint;
}

/**
 * The order in which a batch that is sent again was sent the first time. A command and a later one about the same ticket were sent
 * together if the later one was applied before this batch arrived, was recorded from the same device, and did not happen before the
 * earlier one (docs/domain.md, «A batch sent again keeps its order»).
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
      // A command that is in the batch twice counts where it comes first.
      if (!known.has(commandId)) known.set(commandId, item);
    }
  }

  /** `position` reads the log's newest position; it is called only where a device sent two commands about one ticket. */
  static async of(
    items: readonly BatchItem[],
    deviceId: string | undefined,
    position: () => Promise<bigint>,
  ): Promise<BatchOrder> {
    const order = new BatchOrder(items, { deviceId, position: 0n });
    const hasNoPairs = deviceId === undefined || [...order.byTicket.values()].every(({ size }) => size < 2);
    return hasNoPairs ? order : new BatchOrder(items, { deviceId, position: await position() });
  }

  /** Recognises the events of commands that came after `item` in its batch; undefined where none about its ticket did. */
  after(item: BatchItem): SentAfter | undefined {
    const commandsOfTicket = this.byTicket.get(item.ticketId ?? '');
    if (!commandsOfTicket || commandsOfTicket.size < 2 || this.arrival.deviceId === undefined)
      return undefined;
    return ({ metadata, position }) => {
      const later = commandsOfTicket.get(metadata.commandId);
      if (!later || later.index <= item.index) return false;
      if (metadata.deviceId !== this.arrival.deviceId || position > this.arrival.position) return false;
      return (metadata.erased === true || later.is(metadata.fingerprint)) && isNoLater(item, later);
    };
  }
}

/** Compares the times of the device's own clock, as this batch has them: a corrected time may differ at each sending. */
const isNoLater = (item: BatchItem, later: BatchItem): boolean => {
  const [at, laterAt] = [item, later].map((sent) => sent.read().body.occurredAt);
  return at === undefined || laterAt === undefined || at <= laterAt;
};
