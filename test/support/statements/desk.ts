import { selectChanges } from '../../../src/desk/changes/read-changes.js';
import { selectListChanges } from '../../../src/desk/list/kept/list-changes.js';
import { selectTicketPage } from '../../../src/desk/list/list-tickets.js';
import {
  eraseTickets,
  updateTickets,
  upsertDepartures,
} from '../../../src/desk/list/ticket-list.projection.js';
import { sortNames } from '../../../src/desk/list/ticket-order.js';
import type { TicketFilter } from '../../../src/desk/list/ticket-filter.js';
import { selectMatchCounts, selectFirstOfAll } from '../../../src/desk/search/first-matches.js';
import { selectFound } from '../../../src/desk/search/found-tickets.js';
import {
  releaseWords,
  selectTextsOf,
  selectTicketsWith,
} from '../../../src/desk/search/indexing/forget-words.js';
import { learnWords } from '../../../src/desk/search/indexing/known-words.js';
import { selectStems } from '../../../src/desk/search/indexing/stems.js';
import {
  deleteLaterParts,
  emptyTexts,
  estimateRows,
  selectFirstLexemes,
  selectLastParts,
  updateTexts,
} from '../../../src/desk/search/indexing/ticket-search.projection.js';
import {
  endWatches,
  forgetMentions,
  insertNotifications,
} from '../../../src/desk/notifications/notifications.projection.js';
import { selectNotifications } from '../../../src/desk/notifications/read-notifications.js';
import { selectAlike } from '../../../src/desk/search/parse-search.js';
import { selectFirst, selectPlannedRows } from '../../../src/desk/search/plan-scan.js';
import { selectServed } from '../../../src/desk/search/search-tickets.js';
import type { SearchRequest } from '../../../src/desk/search/search.js';
import { selectViewCounts } from '../../../src/desk/views/view-counts.js';
import { instant } from '../../../src/shared/instant.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

type Page = Parameters<typeof selectTicketPage>[0];

const own = ['CHQ', 'MTL'];
const page = { sort: 'priority', limit: 50, counts: false } as const;
const first: Page = { scope: own, filter: {}, page };
const keys = { priority: ['P2', instants.first, ticketId], age: [instants.first, ticketId], updated: ['7'] };

const everyFilter: TicketFilter = {
  statuses: ['open', 'waiting'],
  category: 'impression',
  priority: 'P1',
  team: 'noc',
  assignee: 'alice',
  openedFrom: instant(instants.first),
  openedBefore: instant(instants.second),
  openedDays: { from: '2026-05-16', to: '2026-05-17' },
};

const listed = sortNames.filter((sort) => sort !== 'relevance');
const keysOf = (sort: (typeof listed)[number]) => keys[sort.replace('-', '') as keyof typeof keys];

const pages: CataloguedStatement[] = forms(selectTicketPage, {
  ...Object.fromEntries(
    listed.map((sort): [string, [Page]] => [
      `first page by ${sort}`,
      [{ ...first, page: { ...page, sort } }],
    ]),
  ),
  ...Object.fromEntries(
    listed.map((sort): [string, [Page]] => [
      `next page by ${sort}`,
      [{ ...first, page: { ...page, sort, after: keysOf(sort), until: '20000' } }],
    ]),
  ),
  'of all establishments, with counts': [{ ...first, scope: 'all', page: { ...page, counts: true } }],
  'with every filter': [{ ...first, filter: everyFilter }],
  'of active tickets': [{ ...first, filter: { statuses: ['open', 'in-progress', 'waiting'] } }],
  'of those that no person has': [{ ...first, filter: { unassigned: true } }],
  'of active tickets of one’s own teams': [
    { ...first, filter: { statuses: ['open', 'in-progress', 'waiting'], teamsOf: 'alice' } },
  ],
  'of active tickets, with counts': [
    { ...first, filter: { statuses: ['open', 'in-progress', 'waiting'] }, page: { ...page, counts: true } },
  ],
});

export const list: CataloguedStatement[] = [...pages, ...form(selectListChanges, 7n)];

const told = { person: 'alice', scope: own, page: { limit: 50, internal: false } };

export const notifications: CataloguedStatement[] = forms(selectNotifications, {
  'first page': [told],
  'next page, of all establishments, with internal notes': [
    { ...told, scope: 'all', page: { before: '9', limit: 50, internal: true } },
  ],
});

export const views: CataloguedStatement[] = forms(selectViewCounts, {
  'of some establishments': [
    [
      { scope: own, filter: { statuses: ['open', 'in-progress', 'waiting'], assignee: 'alice' } },
      { scope: own, filter: everyFilter },
      { scope: ['CHQ'], filter: {} },
    ],
  ],
  'of all': [[{ scope: 'all', filter: { unassigned: true } }]],
  'of one’s own teams': [[{ scope: own, filter: { teamsOf: 'alice' } }]],
});

const change = { scope: own, after: 7n, limit: 100 };

export const changes: CataloguedStatement[] = forms(selectChanges, {
  'after a position': [change],
  'of all establishments': [{ ...change, scope: 'all' }],
  'active tickets only, up to a position': [{ ...change, activeUntil: 9n }],
});

const marks = { words: new Set<string>(), prefixes: [], phrases: [], stems: new Set<string>() };
const search: SearchRequest = {
  scope: own,
  filter: {},
  page: { ...page, sort: 'relevance' },
  internal: false,
  question: { exact: "('wifi':*)", wide: "('wifi':* | 'wi')", named: undefined, marks },
  weeks: { oldest: 2_900, newest: 2_943 },
};
const step = { weeks: { oldest: 2_942, newest: 2_943 }, rest: false, limit: 51 };
const ranked = { query: search.question.exact, keys: '1 AS exact, band, rank' };
const aged = { query: search.question.wide, keys: 'opened AS opened_at' };
const byAge: SearchRequest = { ...search, page: { ...page, sort: 'age', after: keys.age } };
const match = { ticket_id: ticketId, exact: 1, band: 2_943, rank: 0.06 };

export const searches: CataloguedStatement[] = [
  ...form(selectServed),
  ...form(selectStems, ['imprimante']),
  ...form(selectAlike, ['imprimante']),
  ...forms(selectPlannedRows, {
    'of some establishments': [search],
    'of all, filtered': [{ ...search, scope: 'all', filter: { priority: 'P1' } }],
  }),
  ...forms(selectFirst, {
    'by relevance, in few weeks': [search, step, ranked],
    'by relevance, in few weeks, with internal notes': [{ ...search, internal: true }, step, ranked],
    'by relevance, the rest': [search, { ...step, rest: true }, ranked],
    'by relevance, what only comes near': [
      search,
      step,
      { query: search.question.wide, except: search.question.exact, keys: '0 AS exact, band, rank' },
    ],
    'by relevance, a ticket by its reference': [
      search,
      step,
      { query: "'@K7M3-QX9P'", keys: '2 AS exact, band, rank' },
    ],
    'by age, in few weeks, the next page': [byAge, step, aged],
    'by age, the rest, filtered': [
      { ...search, page: { ...page, sort: 'age' }, filter: everyFilter },
      { ...step, rest: true },
      aged,
    ],
  }),
  ...forms(selectFirstOfAll, {
    'by priority': [{ ...search, page }],
    'by -updated, the next page': [
      { ...search, page: { ...page, sort: '-updated', after: keys.updated, until: '20000' } },
    ],
  }),
  ...forms(selectMatchCounts, { '': [search], 'with internal notes': [{ ...search, internal: true }] }),
  ...forms(selectFound, {
    'by relevance': [search, [match]],
    'by age, with internal notes': [{ ...byAge, internal: true }, [match]],
  }),
];

export const projections: CataloguedStatement[] = [
  ...form(updateTickets, []),
  ...form(eraseTickets, []),
  ...form(deleteLaterParts, [ticketId]),
  ...form(emptyTexts, [ticketId]),
  ...form(estimateRows),
  ...form(endWatches, []),
  ...form(insertNotifications, []),
  ...form(forgetMentions, [ticketId]),
  ...form(upsertDepartures, []),
  ...form(updateTexts, []),
  ...form(learnWords, new Map([['imprimante', { first: ticketId, second: null }]])),
  ...form(selectTextsOf, [ticketId]),
  ...form(releaseWords, ['imprimante'], [ticketId]),
  ...form(selectTicketsWith, 'imprimante', { but: [ticketId], after: { ticketId, part: 0 } }),
  ...form(selectLastParts, [ticketId]),
  ...form(selectFirstLexemes, [ticketId]),
];
