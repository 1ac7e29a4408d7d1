import { milliseconds, type Instant } from '../../../shared/instant.js';
import { EventStoreUnavailable, type EventStore } from '../../event-store/event-store.js';
import { withTimeout } from '../../../shared/concurrency/with-timeout.js';
import { memoized } from '../../../shared/memoized.js';
import type { RowDifferences } from '../verification/differences.js';
import type { Generation } from '../rebuild/generations.js';
import type { Projections } from '../projections.js';
import type { StallWatch } from './stall-watch.js';

export const projectionStates = ['following', 'failing', 'leaderless', 'outdated'] as const;

/** The status of one projection; every process sees the same. */
export interface ProjectionStatus {
  name: string;
  version: number;
  generation: number;
  /**
   * `following`: at the end of the log, or nearly; `failing`: stopped by its last error, and trying again; `leaderless`: no process
   * folds events into it for now; `outdated`: served as it is while a new version is built.
   */
  state: (typeof projectionStates)[number];
  position: bigint;
  /** How many events are not folded yet; null when positions don't count events (KurrentDB), or the log can't be read. */
  lagEvents: number | null;
  /** How long the oldest event that is not folded yet has been in the log; null when the log can't be read. */
  lagSeconds: number | null;
  /** The end of the log if these rows are beyond it, since the log went back; else null. */
  beyondEnd: bigint | null;
  /** Events per second, over the last five seconds. */
  rate: number;
  /** Events in the newest batch. */
  batchSize: number;
  leader: string | null;
  epoch: bigint;
  lastError: string | null;
  /** Since when it fails, by PostgreSQL's clock; null while it does not. */
  failingSince: Instant | null;
  /** How many tickets have a dead letter. */
  incomplete: number;
  /** The differences from the rows that these replaced; null when they were not compared. */
  verification: RowDifferences | null;
  rebuild: RebuildStatus | null;
}

interface RebuildStatus {
  generation: number;
  version: number;
  startedAt: string;
  position: bigint;
  /** The end of the log; null when it can't be read. */
  of: bigint | null;
  rate: number;
  secondsLeft: number | null;
  leader: string | null;
  lastError: string | null;
  incomplete: number;
}

/** The status of the named projections, or of all. Throws when PostgreSQL is away. What needs a log that can't be read is null. */
export const projectionStatuses = async (
  projections: Projections,
  store: EventStore,
  names?: readonly string[],
): Promise<ProjectionStatus[]> => {
  const current = await projections.generations.current();
  // The end is read after the positions, so that no position is beyond it unless the log went back.
  const end = await store.lastPosition().catch(() => null);
  const serving = current.filter(({ state }) => state === 'serving');
  const ages = agesOfNext(store);
  return Promise.all(
    serving
      .filter(({ name }) => projections.find(name) !== undefined && (names?.includes(name) ?? true))
      .map(async (generation) => {
        const building = current.find(({ name, state }) => name === generation.name && state === 'building');
        const outdated = generation.version !== projections.find(generation.name)?.version;
        return {
          ...generation,
          state: stateOf(generation, outdated),
          beyondEnd: store.countsPositions && end !== null && generation.position > end ? end : null,
          ...(await lagOf(generation, end, { store, ages, stalls: projections.stalls })),
          rebuild: building ? rebuildOf(building, end) : null,
        };
      }),
  );
};

const stateOf = (generation: Generation, outdated: boolean): ProjectionStatus['state'] => {
  if (generation.lastError !== null) return 'failing';
  if (generation.leader !== null) return 'following';
  return outdated ? 'outdated' : 'leaderless';
};

const lagOf = async (
  { name, position }: Generation,
  end: bigint | null,
  { store, ages, stalls }: { store: EventStore; ages: ReturnType<typeof agesOfNext>; stalls: StallWatch },
): Promise<Pick<ProjectionStatus, 'lagEvents' | 'lagSeconds'>> => {
  if (end === null) return { lagEvents: null, lagSeconds: null };
  if (end <= position) {
    stalls.caughtUp(name);
    return { lagEvents: 0, lagSeconds: 0 };
  }
  const [age, stalled] = [await ages(position), stalls.seconds(name, position)];
  return {
    lagEvents: store.countsPositions ? Number(end - position) : null,
    lagSeconds: age === null ? null : Math.max(age, stalled),
  };
};

const maxReadMs = 1_000;

/** The age, in seconds, of the first event after a position; 0 where there is none, null where that can't be read in time. */
const ageOfNext = async (store: EventStore, position: bigint): Promise<number | null> => {
  try {
    const late = () => new EventStoreUnavailable(`no answer within ${maxReadMs} ms`);
    const recordedAt = await withTimeout(maxReadMs, store.recordedAfter(position), late);
    return recordedAt === undefined ? 0 : Math.max(0, Date.now() - milliseconds(recordedAt)) / 1000;
  } catch (error) {
    if (error instanceof EventStoreUnavailable) return null;
    throw error;
  }
};

/** The same, read once for all projections that stand at the same position. */
const agesOfNext = (store: EventStore) => memoized((position: bigint) => ageOfNext(store, position));

const rebuildOf = (building: Generation, end: bigint | null): RebuildStatus => {
  const left = end === null ? null : end > building.position ? Number(end - building.position) : 0;
  return {
    generation: building.generation,
    version: building.version,
    startedAt: building.createdAt,
    position: building.position,
    of: end,
    rate: building.rate,
    secondsLeft: left === null ? null : left === 0 ? 0 : building.rate > 0 ? left / building.rate : null,
    leader: building.leader,
    lastError: building.lastError,
    incomplete: building.incomplete,
  };
};
