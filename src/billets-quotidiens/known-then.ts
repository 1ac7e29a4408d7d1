import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { EventStore } from '../platform/event-store/event-store.js';
import { awaitPosition, positionSchema } from '../platform/http/positions.js';
import { localized } from '../platform/http/request-context.js';
import type { ProjectionType } from '../platform/projections/projection.js';
import { Projections } from '../platform/projections/projections.js';
import { Clock } from '../shared/clock.js';
import { instant, type Instant } from '../shared/instant.js';
import { notKnownYet } from './as-of.problems.js';
import type { AsOf } from './as-of.js';

const mostPosition = 2n ** 63n - 1n;

/** Years that PostgreSQL and JavaScript both write with four digits. */
export const pastInstantSchema = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => text >= '1970' && text < '9999', {
    error: () =>
      localized({
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

export interface AsOfAsked {
  asOf?: Instant | undefined;
  asOfPosition?: string | undefined;
  minPosition?: string | undefined;
}

/** Makes sure that what a request asks for is known, and read. */
@Injectable()
export class KnownThen {
  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** Waits until all of the read models include what is asked for; throws `not-known-yet` where nobody knows it. */
  async reached(
    types: readonly ProjectionType[],
    { asOf, asOfPosition, minPosition }: AsOfAsked,
  ): Promise<AsOf | undefined> {
    await this.wait(types, minPosition);
    if (asOfPosition !== undefined) {
      const position = BigInt(asOfPosition);
      if (position > mostPosition || position > (await this.store.lastPosition())) {
        throw notKnownYet('asOfPosition');
      }
      await this.wait(types, asOfPosition);
      return { position };
    }
    if (asOf === undefined) return undefined;
    await this.reachedInstant(types, asOf, 'asOf');
    return { instant: asOf };
  }

  /** Waits until all that was recorded by then is included. */
  async reachedInstant(types: readonly ProjectionType[], at: Instant, parameter: string): Promise<void> {
    if (at > this.clock.now()) throw notKnownYet(parameter);
    await this.wait(types, String(await this.store.lastPosition()));
  }

  private async wait(types: readonly ProjectionType[], position: string | undefined): Promise<void> {
    for (const type of types) {
      await awaitPosition(position, (at, timeoutMs) => this.projections.reach(type, at, timeoutMs));
    }
  }
}
