import { firstEpoch } from '../../platform/projections/log-identity/log-epochs.js';

/** What a stream's `id:` says: everything up to this position was told, of this epoch of the log. */
export interface EventId {
  position: bigint;
  epoch: string;
}

/** A position alone, as long as the log has never gone back; afterwards its epoch follows, after a point. */
export const eventIdOf = ({ position, epoch }: EventId): string =>
  epoch === firstEpoch ? String(position) : `${position}.${epoch}`;

const eventId = /^(\d{1,19})(?:\.(\d{1,19}))?$/;

/** Undefined for what no stream of ours has said. */
export const readEventId = (text: string): EventId | undefined => {
  const [, position, epoch = firstEpoch] = eventId.exec(text) ?? [];
  return position === undefined ? undefined : { position: BigInt(position), epoch };
};
