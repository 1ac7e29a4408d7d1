import {
  PeriodicTask,
  type PeriodicTaskOptions,
  type TaskOutcome,
} from '../../shared/concurrency/periodic-task.js';
import { safeMessageOf } from '../observability/safe-error.js';

/** What a process does by itself, again and again. */
const jobNames = [
  'retention',
  'key-sweeper',
  'attachment-sweeper',
  'quarantine',
  'merge-sweeper',
  'clock-watch',
] as const;
export type JobName = (typeof jobNames)[number];

/** What this process knows of one of its jobs; times in milliseconds since 1970. */
export interface JobStatus {
  name: JobName;
  /** `off`: its settings ask for nothing. `running`: a run is under way. Else how the last run ended. */
  state: 'off' | 'running' | TaskOutcome;
  lastEndedAt: number | undefined;
  /** The last run that did what was to do. */
  lastDoneAt: number | undefined;
  /** Undefined while it runs or is off. */
  nextAt: number | undefined;
  failures: number;
  /** In one line, without what people wrote; undefined where none has failed. */
  lastFailure: { at: number; message: string } | undefined;
}

const maxMessageLength = 200;

/** The jobs of a process: each has its runs told here by the task that makes them. */
export class Jobs {
  private readonly tasks = new Map<JobName, PeriodicTask>();

  /** A task that is told of here. */
  periodic(name: JobName, run: () => Promise<unknown>, options: PeriodicTaskOptions): PeriodicTask {
    const task = new PeriodicTask(run, options);
    this.add(name, task);
    return task;
  }

  add(name: JobName, task: PeriodicTask): void {
    this.tasks.set(name, task);
  }

  /** In the order of their names above; those that this process has, by its roles. */
  statuses(): JobStatus[] {
    return jobNames.flatMap((name) => {
      const task = this.tasks.get(name);
      return task ? [statusOf(name, task)] : [];
    });
  }
}

const statusOf = (name: JobName, { history, isRunning }: PeriodicTask): JobStatus => {
  const { outcome, lastFailure, failures, lastEndedAt, lastDoneAt, nextAt } = history;
  return {
    ...{ name, lastEndedAt, lastDoneAt, nextAt, failures },
    state: isRunning ? 'running' : (outcome ?? 'off'),
    lastFailure: lastFailure && { at: lastFailure.at, message: lineOf(lastFailure.error) },
  };
};

const lineOf = (error: unknown): string =>
  safeMessageOf(error).replace(/\s+/g, ' ').trim().slice(0, maxMessageLength);
