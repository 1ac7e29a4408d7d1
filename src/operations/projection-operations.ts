import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventStore } from '../platform/event-store/event-store.js';
import type { DeadLetter } from '../platform/projections/dead-letters/dead-letters.js';
import type { Projection } from '../platform/projections/projection.js';
import { Projections } from '../platform/projections/projections.js';
import { NoRebuild, OtherVersion, RebuildUnderWay } from '../platform/projections/rebuild/generations.js';
import {
  projectionStatuses,
  type ProjectionStatus,
} from '../platform/projections/status/projection-status.js';
import { DomainError } from '../shared/problems/domain-error.js';

const maxWaitMs = 5_000;
const pollMs = 50;

/** What operators see and do of projections, by the API or at their page. */
@Injectable()
export class ProjectionOperations {
  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
  ) {}

  statuses(): Promise<ProjectionStatus[]> {
    return projectionStatuses(this.projections, this.store);
  }

  /** Throws `projection-not-found`. */
  async status(name: string): Promise<ProjectionStatus> {
    const [found] = await projectionStatuses(this.projections, this.store, [name]);
    if (!found) throw new DomainError('projection-not-found');
    return found;
  }

  /** Throws `projection-not-found`, `rebuild-under-way`, `newer-version-served`. */
  async rebuild(name: string): Promise<void> {
    await this.request(this.projections.generations.rebuild(this.find(name)));
  }

  /** What is served stays as it is. Throws `projection-not-found`, `no-rebuild`. */
  async cancelRebuild(name: string): Promise<void> {
    await this.request(this.projections.generations.cancelRebuild(this.find(name).name));
  }

  /** The oldest first. */
  deadLetters(): Promise<DeadLetter[]> {
    return this.projections.deadLetters.list();
  }

  /**
   * Has the event folded again, and all that waited behind it, in order, and waits for that; the answer is how many there were. Throws
   * `dead-letter-not-found`, `still-failing`, and `no-leader` where nobody has done it within 5 s.
   */
  async retry(id: string): Promise<number> {
    const { deadLetters } = this.projections;
    const before = await deadLetters.find(id);
    if (!before || !(await deadLetters.requestRetry(id))) throw new DomainError('dead-letter-not-found');
    const deadline = performance.now() + maxWaitMs;
    while (performance.now() < deadline) {
      await sleep(pollMs);
      const now = await deadLetters.find(id);
      if (!now) return 1 + before.waiting;
      if (now.retryRequestedAt === null)
        throw new DomainError('still-failing', { members: { error: now.error } });
    }
    throw new DomainError('no-leader');
  }

  private find(name: string): Projection {
    const projection = this.projections.find(name);
    if (!projection) throw new DomainError('projection-not-found');
    return projection;
  }

  private async request(change: Promise<unknown>): Promise<void> {
    try {
      await change;
    } catch (error) {
      if (error instanceof RebuildUnderWay) throw new DomainError('rebuild-under-way');
      if (error instanceof NoRebuild) throw new DomainError('no-rebuild');
      if (error instanceof OtherVersion) throw new DomainError('newer-version-served');
      throw error;
    }
    await this.projections.notify();
  }
}
