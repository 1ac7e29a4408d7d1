import { hash as digest } from 'node:crypto';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';

/** SHA-256, as 64 hexadecimal digits. */
export type LogHash = string;

/** A log from its beginning to some event. */
export interface Extent {
  events: number;
  hash: LogHash;
}

export const emptyLogHash: Extent = { events: 0, hash: '0'.repeat(64) };

/**
 * One event more. Where two hashes are the same, so are the events before them and their order: each hash covers the one before.
 * Positions are left out, since each engine hands out its own.
 */
export const extend = ({ events, hash }: Extent, event: RecordedEvent): Extent => {
  const { stream, revision, id, type, recordedAt, data, metadata } = event;
  const content = JSON.stringify([stream, revision, id, type, recordedAt, data, metadata]);
  return { events: events + 1, hash: digest('sha256', `${hash}\n${content}`) };
};
