import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { type Basis, BegunDays, Establishments } from '../../establishments/index.js';
import { daysBetween, endOfDay, localDay, startOfDay, type Day } from '../../calendar/local-days.js';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { Clock } from '../../shared/clock.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { AsOf } from '../as-of.js';
import { DailyFigures } from '../projections/daily-figures.projection.js';
import { zeroCounts, sumOf, type Figures } from '../figures.js';
import {
  figuresRange,
  servedNow,
  sumByDay,
  withHeader,
  type CountedRow,
  type DayRow,
  type HeaderRow,
} from '../sql/figures-statement.js';
import { selectFiguresAsOf, type ZoneDays } from '../sql/select-figures-as-of.js';

interface EstablishmentFigures extends Figures {
  code: string;
  name: string;
  /** Set where the day has begun elsewhere but not here: nothing is counted yet, and the backlog is that of the day before. */
  status?: 'future';
}

interface KnownDay {
  date: Day;
  /** The reporting zone; each establishment's day is bounded by the midnights of its own zone. */
  timeZone: string;
  position: string;
  knownAt: Instant;
  revision: number;
}

/** A day that has not begun, and so has no figures. */
export interface FutureDay extends KnownDay {
  status: 'future';
}

/** The figures of one day that has begun, as they were known at one position. */
export interface DayFigures extends KnownDay {
  total: Figures;
  establishments: EstablishmentFigures[];
  status: 'in-progress' | 'closed' | 'published';
  /** How many tickets have events that could not be counted yet; absent where there are none. */
  incomplete?: number;
}

/** The figures of a day that is known to have begun. Throws for any other. */
export const begunDay = (day: DayFigures | FutureDay | undefined): DayFigures => {
  if (!day || day.status === 'future') throw new Error('every day of a range that has begun has its figures');
  return day;
};

/** The figures of every day from the first to the last, both included; of one establishment (its code) or of all. */
export class ReadDailyFigures extends Query<(DayFigures | FutureDay)[]> {
  constructor(
    readonly from: Day,
    readonly to: Day,
    readonly establishment?: string,
    readonly options: { asOf?: AsOf | undefined; basis?: Basis | undefined } = {},
  ) {
    super();
  }
}

const { name } = new DailyFigures();

/** The figures as they are now: sums of the months before the month of `from`, and the days from the beginning of that month on. */
export const selectFigures = (from: Day, to: Day, establishment: string | undefined): Sql => {
  const range = figuresRange(from, to, establishment);
  const month = sql`date_trunc('month', ${range.from}::timestamp)`;
  const days = sql`(SELECT * FROM billets_quotidiens.daily_figures WHERE day >= ${month})`;
  const earlier = sql`SELECT establishment, change FROM billets_quotidiens.monthly_changes WHERE month < ${month}`;
  return withHeader({ name, ...servedNow }, range, sumByDay(range, days, earlier));
};

@QueryHandler(ReadDailyFigures)
export class ReadDailyFiguresHandler implements IQueryHandler<ReadDailyFigures> {
  constructor(
    private readonly pool: Pool,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly begun: BegunDays,
  ) {}

  async execute(query: ReadDailyFigures): Promise<(DayFigures | FutureDay)[]> {
    const { from, to, establishment, options } = query;
    const { known, rows } = await this.rows(query);
    const { position, knownAt } = this.knownOf(options.asOf, known);
    const lacking = known !== undefined && known.incomplete > 0 ? { incomplete: known.incomplete } : {};
    const running = this.byEstablishment(rows, establishment);
    const isOver = this.overAt(options.basis, options.asOf ? knownAt : this.clock.now());
    const { reportingTimeZone: timeZone } = this.establishments;
    const newest = this.begun.newest({ establishment, basis: options.basis });
    return daysBetween(from, to).map((date) => {
      if (date > newest) return { date, timeZone, position, knownAt, status: 'future', revision: 0 };
      const closed = running.map((days) => days.close(date));
      const establishments = closed.filter(
        ({ code }, index) => running[index]?.begun === true || code === establishment,
      );
      const total = sumOf(establishments);
      const revision = known?.published?.[date] ?? 0;
      const status: DayFigures['status'] =
        revision > 0 ? 'published' : isOver(date) ? 'closed' : 'in-progress';
      const day = { date, timeZone, total, establishments, position, knownAt, status, revision, ...lacking };
      return status === 'in-progress' ? this.inProgress(day, options.basis) : day;
    });
  }

  private inProgress(day: DayFigures, basis: Basis | undefined): DayFigures {
    const establishments = day.establishments.map((figures): EstablishmentFigures => {
      const begun = this.begun.hasBegun(day.date, { establishment: figures.code, basis });
      return begun ? figures : { ...figures, status: 'future' };
    });
    return { ...day, establishments };
  }

  private async rows(query: ReadDailyFigures): Promise<{ known: HeaderRow | undefined; rows: CountedRow[] }> {
    const all = await queryPrepared<HeaderRow | CountedRow>(this.pool, this.statement(query));
    const isKnown = (row: HeaderRow | CountedRow): row is HeaderRow => row.establishment === null;
    const rows = all.filter((row): row is CountedRow => !isKnown(row));
    return { known: all.find(isKnown), rows };
  }

  private statement({ from, to, establishment, options }: ReadDailyFigures): Sql {
    const { asOf, basis = 'site' } = options;
    if (asOf === undefined && basis === 'site') return selectFigures(from, to, establishment);
    const zone = basis === 'site' ? undefined : zoneDays(from, to, this.establishments.reportingTimeZone);
    return selectFiguresAsOf({ asOf, from, to, establishment, zone });
  }

  private byEstablishment(rows: readonly CountedRow[], establishment: string | undefined): RunningDays[] {
    const codes = new Set([
      ...(establishment === undefined ? [] : [establishment]),
      ...rows.map((row) => row.establishment),
    ]);
    const running = new Map(
      [...codes]
        .sort()
        .map((code) => [code, new RunningDays(code, this.establishments.find(code)?.name ?? code)]),
    );
    for (const row of rows) running.get(row.establishment)?.add(row);
    return [...running.values()];
  }

  /** The position and the time at which the figures were known: as requested, or those of the last entry counted by then. */
  private knownOf(
    asOf: AsOf | undefined,
    known: HeaderRow | undefined,
  ): Pick<DayFigures, 'position' | 'knownAt'> {
    const position = asOf && 'position' in asOf ? String(asOf.position) : (known?.position ?? '0');
    if (asOf && 'instant' in asOf) return { position, knownAt: asOf.instant };
    if (known?.recorded_at) return { position, knownAt: instant(known.recorded_at) };
    return { position, knownAt: asOf ? beforeAnything : this.clock.now() };
  }

  /** Whether a day is over at an instant; with the sites' own days, when it is over in every zone. */
  private overAt(basis: Basis | undefined, at: Instant): (date: Day) => boolean {
    const { timeZones, reportingTimeZone } = this.establishments;
    const zones = basis === 'reporting-zone' ? [reportingTimeZone] : timeZones;
    const days = zones.map((zone) => localDay(at, zone));
    return (date) => days.every((today) => date < today);
  }
}

const beforeAnything = instant(0);

const zoneDays = (from: Day, to: Day, timeZone: string): ZoneDays => ({
  timeZone,
  starts: [startOfDay(from, timeZone), ...daysBetween(from, to).map((day) => endOfDay(day, timeZone))].map(
    (at) => instant(at),
  ),
});

/** The days of one establishment, closed one after the other with a running backlog. */
class RunningDays {
  /** Whether something was counted on a day closed so far, or before. */
  begun = false;
  private backlog = 0;
  private readonly counted = new Map<Day, DayRow>();

  constructor(
    private readonly code: string,
    private readonly name: string,
  ) {}

  add(row: CountedRow): void {
    if (row.day === null) {
      this.begun = true;
      this.backlog += row.change;
    } else {
      this.counted.set(row.day, row);
    }
  }

  close(date: Day): EstablishmentFigures {
    const counted = this.counted.get(date);
    if (counted) {
      this.begun = true;
      this.backlog += counted.change;
    }
    const { code, name, backlog } = this;
    const counts = counted ?? nothing;
    // The fields are written out: an answer has a thousand of these objects, and spread syntax took three times as long.
    return {
      code,
      name,
      opened: counts.opened,
      resolved: counts.resolved,
      resolvedSameDay: counts.resolvedSameDay,
      reopened: counts.reopened,
      cancelled: counts.cancelled,
      merged: counts.merged,
      transferredIn: counts.transferredIn,
      transferredOut: counts.transferredOut,
      backlog,
    };
  }
}

const nothing = zeroCounts();
