import {
  closeVersions,
  endReportedSpells,
  reopenResolutions,
  selectStates,
} from '../../../src/reports/projections/reported-tickets.projection.js';
import {
  selectPositionByInstant,
  selectRecordedAt,
  selectReportedPosition,
} from '../../../src/reports/sql/select-known.js';
import { selectCategoryDays } from '../../../src/reports/sql/select-category-days.js';
import { selectReport } from '../../../src/reports/sql/select-report.js';
import { selectReportTickets } from '../../../src/reports/sql/select-report-tickets.js';
import { instant } from '../../../src/shared/instant.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

const at = instant(instants.second);
const days = { from: '2026-05-16', to: '2026-05-18', scope: 'all' } as const;
const ends = [{ timeZone: 'America/Toronto', at }];
const now = { position: undefined, at, ends };
const asOf = { position: 7n, at, ends };
const page = { after: 0n, limit: 50 };
const mine = { ...days, scope: ['CHQ', 'MTL'] } as const;

export const queries: CataloguedStatement[] = [
  ...forms(selectReport, {
    responses: [{ ...days, report: 'responses' }, now, undefined],
    'responses, as of a position, by team': [{ ...days, report: 'responses' }, asOf, 'team'],
    'resolutions, by establishment': [{ ...days, report: 'resolutions' }, now, 'establishment'],
    'resolutions of some establishments, as of a position, by team': [
      { ...mine, report: 'resolutions' },
      asOf,
      'team',
    ],
    ageing: [{ ...days, report: 'ageing' }, now, undefined],
    'ageing, as of a position, by category': [{ ...days, report: 'ageing' }, asOf, 'category'],
    'reopened, as of a position, by day': [{ ...days, report: 'reopened' }, asOf, 'day'],
  }),
  ...forms(selectReportTickets, {
    responses: [{ ...days, report: 'responses' }, asOf, {}, page],
    'resolutions of a team, of somebody’s establishments': [
      { ...mine, report: 'resolutions' },
      asOf,
      { team: 'bloc', nowAt: mine.scope },
      page,
    ],
    'ageing, of an age': [{ ...days, report: 'ageing' }, asOf, { part: 'gt7d' }, page],
    'reopened ones without a team': [
      { ...days, report: 'reopened' },
      asOf,
      { team: null, part: 'reopened' },
      page,
    ],
  }),
  ...form(selectCategoryDays, days, at),
  ...form(selectReportedPosition),
  ...form(selectPositionByInstant, at),
  ...form(selectRecordedAt, 7n),
];

export const projections: CataloguedStatement[] = [
  ...form(selectStates, [ticketId]),
  ...form(closeVersions, []),
  ...form(reopenResolutions, []),
  ...form(endReportedSpells, []),
];
