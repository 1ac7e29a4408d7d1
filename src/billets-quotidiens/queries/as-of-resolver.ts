import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { EventStore } from '../../platform/event-store/event-store.js';
import { waitForPosition, positionSchema } from '../../platform/positions.js';
import { bilingual } from '../../shared/text/bilingual.js';
import type { ProjectionType } from '../../platform/projections/projection.js';
import { Projections } from '../../platform/projections/projections.js';
import { Clock } from '../../shared/clock.js';
import { instant, type Instant } from '../../shared/instant.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { AsOf } from '../as-of.js';

const maxPosition = 2n ** 63n - 1n;

/** An instant from 1970 to 9998: PostgreSQL and JavaScript both write these years with four digits. */
export const pastInstantSchema = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => text >= '1970' && text < '9999', {
    error: () =>
      bilingual({
        fr: 'attendu: un instant depuis 1970, p. ex. 2026-05-16T07:30:00-04:00',
        en: 'expected an instant since 1970, e.g. 2026-05-16T07:30:00-04:00',
      }),
  })
  .transform(instant);

export const asOfQuery = {
  asOf: pastInstantSchema
    .optional()
    .describe('The figures as they were known then: from all that was recorded up to this instant'),
  asOfPosition: positionSchema
    .optional()
    .describe('The figures as they were known then: from all that was recorded up to this position'),
};

interface Bounds {
  asOf?: Instant | undefined;
  asOfPosition?: string | undefined;
}

/** Whether a query has only one bound; for `refine`, with `notBoth` as the error. */
export const isOneAsOf = ({ asOf, asOfPosition }: Bounds): boolean =>
  asOf === undefined || asOfPosition === undefined;
export const notBoth = {
  path: ['asOf'],
  error: () =>
    bilingual({ fr: '«asOf» ou «asOfPosition», pas les deux', en: '«asOf» or «asOfPosition», not both' }),
};

export interface AsOfRequest extends Bounds {
  minPosition?: string | undefined;
}

/** Waits until the read models include what a request asks for. */
@Injectable()
export class AsOfResolver {
  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Waits until all of the read models include the positions that a request names, and gives its bound; undefined for the figures
   * as they are known now. Throws `not-known-yet` for a position beyond the log's end, or an instant in the future.
   */
  async waitForPosition(
    types: readonly ProjectionType[],
    { asOf, asOfPosition, minPosition }: AsOfRequest,
  ): Promise<AsOf | undefined> {
    await this.wait(types, minPosition);
    if (asOfPosition !== undefined) {
      const position = BigInt(asOfPosition);
      if (position > maxPosition || position > (await this.store.lastPosition())) {
        throw notKnownYet('asOfPosition');
      }
      await this.wait(types, asOfPosition);
      return { position };
    }
    if (asOf === undefined) return undefined;
    if (asOf > this.clock.now()) throw notKnownYet('asOf');
    await this.wait(types, String(await this.store.lastPosition()));
    return { instant: asOf };
  }

  /**
   * Waits for `minPosition`, for a request about what had happened by an instant, whenever it was recorded. Throws `not-known-yet`
   * where the instant is in the future.
   */
  async resolve(
    types: readonly ProjectionType[],
    at: Instant,
    minPosition: string | undefined,
  ): Promise<void> {
    if (at > this.clock.now()) throw notKnownYet('at');
    await this.wait(types, minPosition);
  }

  private async wait(types: readonly ProjectionType[], position: string | undefined): Promise<void> {
    await waitForPosition(position, (at, timeoutMs) =>
      this.projections.waitForPositions(types, at, timeoutMs),
    );
  }
}

/** The error for a time or a position that is still to come; `parameter` is the query parameter's name. */
const notKnownYet = (parameter: string): DomainError =>
  new DomainError('not-known-yet', { errors: [{ pointer: `?${parameter}` }] });
