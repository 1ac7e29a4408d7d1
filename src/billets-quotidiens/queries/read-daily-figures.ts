import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Establishments } from '../../establishments/establishments.js';
import { daysBetween, endOfDay, localDay, startOfDay, type Day } from '../../establishments/local-days.js';
import { Clock } from '../../shared/clock.js';
import { instant, type Instant } from '../../shared/instant.js';
import { boundOf, type AsOf } from '../as-of.js';
import { DailyFigures, selectCounts } from '../daily-figures.projection.js';
import { backlogChange, noCounts, sumOf, type Counts, type Figures } from '../figures.js';
import { selectPublished } from '../published-days.projection.js';
import { selectKnownFigures, type ZoneDays } from './select-known-figures.js';

export interface EstablishmentFigures extends Figures {
  code: string;
  name: string;
}

/** The figures of one day, as they were known at one position. */
export interface DayFigures {
  date: Day;
  /** The reporting zone; each establishment's day is cut by its own. */
  timeZone: string;
  total: Figures;
  establishments: EstablishmentFigures[];
  position: string;
  knownAt: Instant;
  status: 'in-progress' | 'closed' | 'published';
  revision: number;
  /** Tickets of which something could not be counted yet; absent where the figures are whole. */
  incomplete?: number;
}

/** The figures of every day from the first to the last, both included; of one establishment (its code) or of all. */
export class ReadDailyFigures extends Query<DayFigures[]> {
  constructor(
    readonly from: Day,
    readonly to: Day,
    readonly establishment?: string,
    readonly options: { asOf?: AsOf | undefined; basis?: Basis | undefined } = {},
  ) {
    super();
  }
}

/** Whose midnights cut the days: each site's own, or the reporting zone's for all of them. */
export const bases = ['site', 'reporting-zone'] as const;
export type Basis = (typeof bases)[number];

interface Row extends Counts {
  /** null: nothing was known. */
  position: string | null;
  recorded_at: Date | null;
  incomplete: number;
  establishment: string | null;
  /** null: all days before the first one asked for. */
  day: string | null;
}

/** As they are now. One statement, so that the figures and the position they are known at come from one snapshot. */
const select = `
  SELECT served.position, served.recorded_at, served.incomplete, counted.*
    FROM projections.served AS served
    LEFT JOIN (
      SELECT establishment, CASE WHEN day >= $2 THEN day::text END AS day, ${selectCounts}
        FROM billets_quotidiens.daily_figures
       WHERE day <= $3 AND ($4::text IS NULL OR establishment = $4)
       GROUP BY 1, 2
    ) AS counted ON true
   WHERE served.name = $1`;

@QueryHandler(ReadDailyFigures)
export class ReadDailyFiguresHandler implements IQueryHandler<ReadDailyFigures> {
  private readonly projection = new DailyFigures();

  constructor(
    private readonly database: DataSource,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  async execute(query: ReadDailyFigures): Promise<DayFigures[]> {
    const { from, to, establishment, options } = query;
    const rows = await this.rows(query);
    const [known] = rows;
    const { position, knownAt } = this.knownOf(options.asOf, known);
    const lacking = known !== undefined && known.incomplete > 0 ? { incomplete: known.incomplete } : {};
    const counted = byEstablishment(rows, establishment);
    const names = new Map([...counted.keys()].map((code) => [code, this.establishments.find(code)?.name]));
    const published = await this.publishedDays(from, to, options.asOf ?? { position: BigInt(position) });
    const isOver = this.overAt(options.basis, options.asOf ? knownAt : this.clock.now());
    return daysBetween(from, to).map((date) => {
      const closed = [...counted].map(([code, days]) => ({ code, figures: days.close(date), days }));
      const establishments = closed
        .filter(({ code, days }) => days.begun || code === establishment)
        .map(({ code, figures }) => ({ code, name: names.get(code) ?? code, ...figures }));
      const total = sumOf(establishments);
      const { reportingTimeZone: timeZone } = this.establishments;
      const revision = published.get(date) ?? 0;
      const status = revision > 0 ? 'published' : isOver(date) ? 'closed' : 'in-progress';
      return { date, timeZone, total, establishments, position, knownAt, status, revision, ...lacking };
    });
  }

  private async publishedDays(from: Day, to: Day, asOf: AsOf): Promise<Map<Day, number>> {
    const parameters = [from, to, boundOf(asOf).value];
    const rows = await this.database.query<{ day: Day; revision: number }[]>(
      selectPublished(boundOf(asOf)),
      parameters,
    );
    return new Map(rows.map(({ day, revision }) => [day, revision]));
  }

  private rows({ from, to, establishment, options }: ReadDailyFigures): Promise<Row[]> {
    const { asOf, basis = 'site' } = options;
    if (asOf === undefined && basis === 'site') {
      return this.database.query(select, [this.projection.name, from, to, establishment ?? null]);
    }
    const zone = basis === 'site' ? undefined : zoneDays(from, to, this.establishments.reportingTimeZone);
    const { text, values } = selectKnownFigures({ asOf, from, to, establishment, zone });
    return this.database.query(text, values);
  }

  /** What was asked for stands for itself; the rest follows from the last thing that was counted by then. */
  private knownOf(asOf: AsOf | undefined, known: Row | undefined): Pick<DayFigures, 'position' | 'knownAt'> {
    const position = asOf && 'position' in asOf ? String(asOf.position) : (known?.position ?? '0');
    if (asOf && 'instant' in asOf) return { position, knownAt: asOf.instant };
    if (known?.recorded_at) return { position, knownAt: instant(known.recorded_at) };
    return { position, knownAt: asOf ? beforeAnything : this.clock.now() };
  }

  /** Whether a day is over at an instant: by the sites' own days, when it's over at the last establishment. */
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

/** One establishment's days, closed one after the other: the backlog runs through them. */
class RunningDays {
  /** Something was counted on a day closed so far. */
  begun = false;
  private backlog = 0;
  private readonly counts = new Map<Day, Counts>();

  /** The counts of a day; null: of all days before the first one. */
  add(date: Day | null, counts: Counts): void {
    if (date !== null) {
      this.counts.set(date, counts);
      return;
    }
    this.begun = true;
    this.backlog += backlogChange(counts);
  }

  close(date: Day): Figures {
    const counts = this.counts.get(date) ?? noCounts();
    this.begun ||= this.counts.has(date);
    this.backlog += backlogChange(counts);
    return { ...counts, backlog: this.backlog };
  }
}

const byEstablishment = (rows: readonly Row[], asked: string | undefined): Map<string, RunningDays> => {
  const codes = new Set([
    ...(asked === undefined ? [] : [asked]),
    ...rows.flatMap((row) => row.establishment ?? []),
  ]);
  const running = new Map([...codes].sort().map((code) => [code, new RunningDays()]));
  for (const {
    position: _position,
    recorded_at: _at,
    incomplete: _lacking,
    establishment,
    day,
    ...counts
  } of rows) {
    if (establishment !== null) running.get(establishment)?.add(day, counts);
  }
  return running;
};
