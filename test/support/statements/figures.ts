import { selectFigureItems } from '../../../src/billets-quotidiens/queries/read-figure-items.js';
import { selectFigureSum } from '../../../src/billets-quotidiens/queries/read-figure-sum.js';
import { selectLastCountedDay } from '../../../src/billets-quotidiens/queries/board/read-last-counted-day.js';
import {
  selectCountsUntil,
  selectZonesOfDay,
} from '../../../src/billets-quotidiens/queries/board/read-same-hour.js';
import { selectActive } from '../../../src/billets-quotidiens/queries/read-backlog.js';
import { selectFigures } from '../../../src/billets-quotidiens/queries/read-daily-figures.js';
import {
  selectPositionAt,
  selectServedPosition,
} from '../../../src/billets-quotidiens/queries/read-known-position.js';
import { selectLateEvents } from '../../../src/billets-quotidiens/queries/read-late-events.js';
import { selectLateItems } from '../../../src/billets-quotidiens/queries/read-late-items.js';
import { selectPublishedBulletins } from '../../../src/billets-quotidiens/queries/read-published-bulletins.js';
import { selectTransferBalance } from '../../../src/billets-quotidiens/queries/read-transfer-balance.js';
import {
  beginSpells,
  changeOpenSpells,
  endSpells,
  markReprioritized,
} from '../../../src/billets-quotidiens/projections/activity-spells.projection.js';
import {
  upsertDays,
  upsertMonths,
} from '../../../src/billets-quotidiens/projections/daily-figures.projection.js';
import { withdrawPublications } from '../../../src/billets-quotidiens/projections/published-days.projection.js';
import {
  upsertSpans,
  upsertSums,
} from '../../../src/billets-quotidiens/projections/figure-entries.projection.js';
import { selectFiguresAsOf } from '../../../src/billets-quotidiens/sql/select-figures-as-of.js';
import { instant } from '../../../src/shared/instant.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

const day = '2026-05-16';
const at = instant(instants.second);
const range = { from: day, to: day, establishment: undefined, asOf: undefined, zone: undefined };
const zone = { timeZone: 'America/Toronto', starts: [instant(instants.first), at] };
const zoneDay = { timeZone: 'America/Toronto', start: instant(instants.first), end: at };
const item = { day, establishment: undefined, knownAt: 7n };
const page = { after: 0n, limit: 50 };

export const queries: CataloguedStatement[] = [
  ...form(selectFigures, day, day, undefined),
  ...forms(selectFiguresAsOf, {
    'as of a position': [{ ...range, asOf: { position: 7n } }],
    'as of an instant': [{ ...range, asOf: { instant: at } }],
    'by the days of one zone': [{ ...range, zone }],
    'by the days of one zone, as of an instant': [{ ...range, zone, asOf: { instant: at } }],
  }),
  ...forms(selectFigureItems, {
    opened: [{ ...item, figure: 'opened' }, page],
    'opened, by the day of one zone': [{ ...item, figure: 'opened', zone: zoneDay }, page],
    resolvedSameDay: [{ ...item, figure: 'resolvedSameDay' }, page],
    'resolvedSameDay, by the day of one zone': [{ ...item, figure: 'resolvedSameDay', zone: zoneDay }, page],
    backlog: [{ ...item, figure: 'backlog' }, page],
    'backlog of one establishment': [{ ...item, figure: 'backlog', establishment: 'CHQ' }, page],
    'backlog, by the day of one zone': [{ ...item, figure: 'backlog', zone: zoneDay }, page],
  }),
  ...forms(selectFigureSum, {
    opened: [{ ...item, figure: 'opened' }],
    backlog: [{ ...item, figure: 'backlog' }],
  }),
  ...form(selectLastCountedDay, day),
  ...form(selectZonesOfDay, day),
  ...form(selectCountsUntil, day, [{ timeZone: 'America/Toronto', until: at }], '7'),
  ...form(selectActive, at, undefined),
  ...form(selectServedPosition, ['figure-entries']),
  ...form(selectPositionAt, at),
  ...forms(selectPublishedBulletins, {
    'by date': [{ newest: 'date', limit: 1 }],
    'by change': [{ newest: 'change', limit: 30 }],
  }),
  ...forms(selectLateEvents, {
    'of all establishments': [{ from: day, to: day, establishment: undefined }],
    'of one': [{ from: day, to: day, establishment: 'CHQ' }],
  }),
  ...forms(selectLateItems, {
    'of all establishments': [{ ...item, page }],
    'of one': [{ ...item, establishment: 'CHQ', page }],
  }),
  ...form(selectTransferBalance),
];

export const projections: CataloguedStatement[] = [
  ...form(upsertDays, []),
  ...form(withdrawPublications, { bulletin: day, position: 7n, recordedAt: at }),
  ...form(upsertMonths, []),
  ...forms(upsertSums, { 'by day': ['recorded_figures', []], 'by month': ['recorded_months', []] }),
  ...forms(upsertSpans, { 'by day': ['recorded_days', []], 'by hour': ['recorded_hours', []] }),
  ...form(endSpells, []),
  ...form(beginSpells, []),
  ...form(markReprioritized, [ticketId]),
  ...form(changeOpenSpells, []),
];
