import { z } from 'zod';
import { DomainError } from '../shared/problems/domain-error.js';
import { EndOfLog } from './event-store/end-of-log.js';
import type { EventStore } from './event-store/event-store.js';
import { bilingual } from '../shared/text/bilingual.js';

const maxDigits = 19;

/** A position in the log: a decimal string, since a position may exceed what a double holds exactly. */
export const positionSchema = z
  .string()
  .regex(/^\d+$/, {
    abort: true,
    error: () =>
      bilingual({
        fr: 'attendu: une position, en chiffres décimaux',
        en: 'expected a position, in decimal digits',
      }),
  })
  .max(maxDigits, {
    error: () =>
      bilingual({
        fr: `trop grande: une position a au plus ${maxDigits} chiffres`,
        en: `too great: a position has at most ${maxDigits} digits`,
      }),
  })
  .meta({ id: 'Position', description: 'A position in the log, in decimal digits.', example: '16539' });

/** A position within a cursor that we made. At most 18 digits, so that it always fits a bigint of PostgreSQL. */
export const cursorPositionSchema = z.string().regex(/^\d{1,18}$/);

/** Query parameters of reads. Strict: an unknown parameter is refused, since ignoring it would answer another question. */
export const minPositionQuery = z.strictObject({
  minPosition: positionSchema
    .optional()
    .describe('Wait, at most 5 s, until what is read includes this position; 503 otherwise.'),
});

export const maxWaitMs = 5_000;

/** Waits, `maxWaitMs` at most, until what is read includes the position. Throws `position-not-reached` when `waitFor` resolves to false. */
export const waitForPosition = async (
  minPosition: string | undefined,
  waitFor: (position: bigint, timeoutMs: number) => Promise<boolean>,
): Promise<void> => {
  if (minPosition === undefined) return;
  if (!(await waitFor(BigInt(minPosition), maxWaitMs))) throw new DomainError('position-not-reached');
};

const ends = new WeakMap<EventStore, EndOfLog>();

/** For reads of the log itself: a position that was handed out is in it, so this waits only for one that was not. */
export const logContains =
  (store: EventStore) =>
  (position: bigint, timeoutMs: number): Promise<boolean> => {
    const end = ends.get(store) ?? new EndOfLog(store);
    ends.set(store, end);
    return end.waitForPosition(position, timeoutMs);
  };
