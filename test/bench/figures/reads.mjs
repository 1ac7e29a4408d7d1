import { dist } from '../support/built.mjs';

/**
 * @import { ReadDailyFigures as DailyFiguresQuery } from '../../../src/billets-quotidiens/queries/read-daily-figures.js'
 * @import { ReadFigureItems as FigureItemsQuery } from '../../../src/billets-quotidiens/queries/read-figure-items.js'
 * @import { Product } from '../support/product.mjs'
 * @import { Turns } from './turns.mjs'
 * @typedef {(turn: number) => Promise<unknown>} Read
 */

const { ReadBacklog, ReadBacklogHandler } = await dist('billets-quotidiens/queries/read-backlog.js');
const { ReadDailyFigures, ReadDailyFiguresHandler } = await dist(
  'billets-quotidiens/queries/read-daily-figures.js',
);
const { ReadFigureItems, ReadFigureItemsHandler } = await dist(
  'billets-quotidiens/queries/read-figure-items.js',
);
const { ReadLateEvents, ReadLateEventsHandler } = await dist(
  'billets-quotidiens/queries/read-late-events.js',
);
const { loadEstablishments } = await dist('establishments/load-establishments.js');
const { BegunDays } = await dist('establishments/begun-days.js');
const { SystemClock } = await dist('shared/clock.js');

/**
 * The reads by name; each is called with the number of its turn.
 * @param {Product} log
 * @param {Turns} turns
 * @param {number} events
 * @returns {Record<string, Read>}
 */
export const makeReads = ({ pool }, { dayAt, named, positionAt, instantAt }, events) => {
  const establishments = loadEstablishments(undefined, 'America/Toronto');
  const clock = new SystemClock();
  const begun = new BegunDays(establishments, clock);
  const daily = new ReadDailyFiguresHandler(pool, establishments, clock, begun);
  const backlog = new ReadBacklogHandler(pool);
  const items = new ReadFigureItemsHandler(pool, establishments);
  const late = new ReadLateEventsHandler(pool);
  /** @type {(from: number, to: number, options?: DailyFiguresQuery['options']) => Promise<unknown>} */
  const figures = (from, to, options) =>
    daily.execute(new ReadDailyFigures(named(from), named(to), undefined, options));
  /** @type {(day: string, figure: FigureItemsQuery['figure']) => Promise<unknown>} */
  const drilled = (day, figure) =>
    items.execute(new ReadFigureItems(day, figure, undefined, BigInt(events), { after: 0n, limit: 50 }));
  return {
    'a day': (turn) => figures(dayAt(turn), dayAt(turn)),
    '31 days': (turn) => figures(dayAt(turn), dayAt(turn) + 30),
    'a day as of a position': (turn) =>
      figures(dayAt(turn), dayAt(turn), { asOf: { position: positionAt(turn) } }),
    'a day as of an instant': (turn) =>
      figures(dayAt(turn), dayAt(turn), { asOf: { instant: instantAt(turn) } }),
    '31 days as of a position': (turn) =>
      figures(dayAt(turn), dayAt(turn) + 30, { asOf: { position: positionAt(turn) } }),
    '31 days by the reporting zone': (turn) =>
      figures(dayAt(turn), dayAt(turn) + 30, { basis: 'reporting-zone' }),
    'late events of 31 days': (turn) =>
      late.execute(new ReadLateEvents(named(dayAt(turn)), named(dayAt(turn) + 30), undefined)),
    'backlog at an instant': (turn) => backlog.execute(new ReadBacklog(instantAt(turn))),
    '50 events of a figure': (turn) => drilled(named(dayAt(turn)), 'resolved'),
    '50 tickets of a backlog': (turn) => drilled(named(dayAt(turn)), 'backlog'),
  };
};
