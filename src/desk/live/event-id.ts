import { firstEpoch } from '../../platform/projections/log-identity/log-epochs.js';

/** The meaning of a stream's `id:`: every event up to this position, in this epoch of the log, has been sent. */
export interface EventId {
  position: bigint;
  epoch: string;
}

/** Writes the position alone as long as the log has never gone back; afterwards the position, a point and the epoch. */
export const eventIdOf = ({ position, epoch }: EventId): string =>
  epoch === firstEpoch ? String(position) : `${position}.${epoch}`;

const eventId = /^(\d{1,19})(?:\.(\d{1,19}))?$/;

/** Reads an `id:`; undefined for text that this server never writes. */
export const readEventId = (text: string): EventId | undefined => {
  const [, position, epoch = firstEpoch] = eventId.exec(text) ?? [];
  return position === undefined ? undefined : { position: BigInt(position), epoch };
};
