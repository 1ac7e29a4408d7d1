import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  begunDay,
  type DayFigures,
  FiguresProgress,
  ReadDailyFigures,
  ReadTransferBalance,
  sourcesOfBoard,
} from '../../billets-quotidiens/index.js';
import {
  brokenInvariants,
  BulletinRepository,
  differencesBetween,
  isDraftChanged,
  type WrittenSnapshot,
} from '../../bulletins/index.js';
import { dayBefore, type Day } from '../../calendar/local-days.js';
import { withTimeout } from '../../shared/concurrency/with-timeout.js';
import { Projections } from '../../platform/projections/projections.js';
import { PageFrame } from '../page/page-frame.js';
import type { Task, Tasks } from './task.js';

/** Bulletins dated in so many days up to today are looked at, and their ticket days as far back again. */
const lookedAtDays = 31;

/** How long pages wait for them. */
const maxWaitMs = 2_000;

/** The figures of the ticket days that are looked at, by date. */
type Figures = ReadonlyMap<Day, DayFigures>;

/** Finds what waits for a person, by three queries and one stream for each date. */
@Injectable()
export class ReadTasks {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly queries: QueryBus,
    private readonly progress: FiguresProgress,
    private readonly projections: Projections,
    private readonly frame: PageFrame,
  ) {}

  private async read(): Promise<Tasks> {
    const today = this.frame.today();
    const since = dayBefore(today, lookedAtDays - 1);
    const [behind, letters, written] = await Promise.all([
      this.progress.behind(sourcesOfBoard),
      this.projections.deadLetters.list(),
      this.bulletins.writtenBetween(since, today),
    ]);
    const newestFirst = written.reverse();
    const figures = await this.figuresOf(newestFirst, since);
    const published = newestFirst.filter(
      ({ bulletin }) => bulletin.status === 'published' && figures.has(bulletin.draft.ticketDay),
    );
    const drafts = newestFirst.filter(
      ({ bulletin }) => bulletin.status === 'draft' && bulletin.draft.ticketDay < today,
    );
    return {
      tasks: [
        ...(behind ? [{ kind: 'figures-behind', behind } as const] : []),
        ...(letters.length > 0 ? [{ kind: 'events-put-aside', events: letters.length } as const] : []),
        ...(await this.contradictions(drafts, figures)),
        ...drafts.map(({ date }) => ({ kind: 'draft', bulletin: date }) as const),
        ...published.flatMap((snapshot) => revisionOf(snapshot, figures)),
      ],
      compared: { bulletins: published.length, since },
      behind,
    };
  }

  /** The tasks, for a page that shows more than them; undefined where they can't be found soon, while the log is away, say. */
  async readSoon(): Promise<Tasks | undefined> {
    try {
      return await withTimeout(maxWaitMs, this.read(), () => new Error('the tasks take too long'));
    } catch {
      return undefined;
    }
  }

  private async figuresOf(written: readonly WrittenSnapshot[], since: Day): Promise<Figures> {
    const yesterday = this.frame.yesterday();
    const farthest = dayBefore(since, lookedAtDays);
    const from = written
      .map(({ bulletin }) => bulletin.draft.ticketDay)
      .filter((day) => day >= farthest)
      .reduce((first, day) => (day < first ? day : first), yesterday);
    const days = await this.queries.execute(new ReadDailyFigures(dayBefore(from), yesterday));
    return new Map(days.map((day) => [day.date, begunDay(day)]));
  }

  /** The ticket days of drafts, and yesterday, that do not add up. */
  private async contradictions(drafts: readonly WrittenSnapshot[], figures: Figures): Promise<Task[]> {
    const transfers = await this.queries.execute(new ReadTransferBalance());
    const bulletinOf = new Map(drafts.map(({ date, bulletin }) => [bulletin.draft.ticketDay, date]));
    const days = [...new Set([this.frame.yesterday(), ...bulletinOf.keys()])];
    return days.flatMap((date): Task[] => {
      const [day, previous] = [figures.get(date), figures.get(dayBefore(date))];
      if (!day || !previous) return [];
      const broken = brokenInvariants({ day, previous, transfers, incomplete: day.incomplete ?? 0 });
      return broken.length === 0
        ? []
        : [{ kind: 'does-not-add-up', day: date, bulletin: bulletinOf.get(date) }];
    });
  }
}

const revisionOf = ({ date, bulletin }: WrittenSnapshot, figures: Figures): Task[] => {
  const publication = bulletin.publications.at(-1);
  const now = publication && figures.get(publication.contents.ticketDay);
  if (!now) return [];
  const changes = differencesBetween(publication.figures, now);
  const task = {
    kind: 'revision',
    bulletin: date,
    changes,
    isDraftChanged: isDraftChanged(bulletin),
  } as const;
  return changes.length > 0 || task.isDraftChanged ? [task] : [];
};
