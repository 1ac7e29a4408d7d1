import { z } from 'zod';
import { DomainError } from '../shared/problems/domain-error.js';
import type { EventStore } from './event-store/event-store.js';
import { localized } from './request-context.js';

const maxDigits = 19;

/** A position in the log: a decimal string, since it outgrows a double. */
export const positionSchema = z
  .string()
  .regex(/^\d+$/, {
    abort: true,
    error: () =>
      localized({
        fr: 'attendu: une position, en chiffres décimaux',
        en: 'expected a position, in decimal digits',
      }),
  })
  .max(maxDigits, {
    error: () =>
      localized({
        fr: `trop grande: une position a au plus ${maxDigits} chiffres`,
        en: `too great: a position has at most ${maxDigits} digits`,
      }),
  })
  .meta({ id: 'Position', description: 'A position in the log, in decimal digits.', example: '16539' });

/** One that a cursor of ours tells; PostgreSQL counts no further than a little beyond. */
export const cursorPositionSchema = z.string().regex(/^\d{1,18}$/);

/** Strict: a parameter that is not known, or not yet, must not be answered as if it had not been asked. */
export const minPositionQuery = z.strictObject({
  minPosition: positionSchema
    .optional()
    .describe('Wait, at most 5 s, until what is read includes this position; 503 otherwise.'),
});

export const maxWaitMs = 5_000;
const pollMs = 20;

/** Throws `position-not-reached` unless `reach` says in time that what is read includes the position. */
export const waitForPosition = async (
  minPosition: string | undefined,
  reach: (position: bigint, timeoutMs: number) => Promise<boolean>,
): Promise<void> => {
  if (minPosition === undefined) return;
  if (!(await reach(BigInt(minPosition), maxWaitMs))) throw new DomainError('position-not-reached');
};

/** For reads of the log itself: a position that was handed out is in it, so this waits only for one that was not. */
export const logContains =
  (store: EventStore) =>
  async (position: bigint, timeoutMs: number): Promise<boolean> => {
    const deadline = performance.now() + timeoutMs;
    while ((await store.lastPosition()) < position) {
      if (performance.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return true;
  };
