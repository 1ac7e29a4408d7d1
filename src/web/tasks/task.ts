import { isAllowed, type Permission, type Principal } from '../../access/index.js';
import type { Behind } from '../../billets-quotidiens/index.js';
import type { ContentDifference } from '../../bulletins/index.js';
import type { Day } from '../../calendar/local-days.js';

/** Something that waits for a person. */
export type Task =
  /** The figures do not count the newest events. */
  | { kind: 'figures-behind'; behind: Behind }
  /** Events that projections could not fold are put aside. */
  | { kind: 'events-put-aside'; events: number }
  /** A draft whose ticket day is over was not published. */
  | { kind: 'draft'; bulletin: Day }
  /** The figures of a ticket day contradict each other; `bulletin` is the draft that waits for them. */
  | { kind: 'does-not-add-up'; day: Day; bulletin: Day | undefined }
  /** What a bulletin published is no longer what is known, or what its draft says. */
  | { kind: 'revision'; bulletin: Day; changes: readonly ContentDifference[]; isDraftChanged: boolean };

/** What waits, and what was looked at to know it. */
export interface Tasks {
  tasks: readonly Task[];
  /** The published bulletins whose figures were compared with those of now: how many, and those dated since when. */
  compared: { bulletins: number; since: Day };
  /** Undefined where the figures are up to date. */
  behind: Behind | undefined;
}

/** Who may do something about it. */
const permissionFor = {
  'figures-behind': 'operations:run',
  'events-put-aside': 'operations:run',
  draft: 'bulletins:publish',
  'does-not-add-up': 'bulletins:publish',
  revision: 'bulletins:publish',
} as const satisfies Record<Task['kind'], Permission>;

/** People with the same tasks, by what they may do. */
export type TaskAudience = readonly Permission[];

export const audienceOf = (principal: Principal): TaskAudience =>
  [...new Set(Object.values(permissionFor))].filter((permission) => isAllowed(principal, permission));

export const tasksFor = (tasks: readonly Task[], audience: TaskAudience): Task[] =>
  tasks.filter(({ kind }) => audience.includes(permissionFor[kind]));
