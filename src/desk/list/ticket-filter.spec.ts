import { describe, expect, it } from '@jest/globals';
import { mayPass, type FilteredColumns, type TicketFilter } from './ticket-filter.js';

const ticket: FilteredColumns = {
  ...{ establishment: 'NIM', category: 'pharmacie', priority: 'P2', status: 'open', team: 'noc' },
  ...{ assignee: 'alice', requester_words: ['tremblay', 'marie'], watchers: ['bob'] },
};
const bare: FilteredColumns = {
  ...ticket,
  team: null,
  assignee: null,
  requester_words: null,
  watchers: null,
};

const filters: [name: string, filter: TicketFilter, passing: FilteredColumns, other: FilteredColumns][] = [
  ['status', { statuses: ['open', 'waiting'] }, ticket, { ...ticket, status: 'closed' }],
  ['category', { category: 'pharmacie' }, ticket, { ...ticket, category: 'acces' }],
  ['priority', { priority: 'P2' }, ticket, { ...ticket, priority: 'P1' }],
  ['team', { team: 'noc' }, ticket, bare],
  ['assignee', { assignee: 'alice' }, ticket, bare],
  ['assignee by another name', { assignee: 'alice' }, ticket, { ...ticket, assignee: 'bob' }],
  ['nobody’s', { unassigned: true }, bare, ticket],
  ['requester', { requesterWords: ['marie', 'tremblay'] }, ticket, bare],
  [
    'requester by another name',
    { requesterWords: ['marie'] },
    ticket,
    { ...ticket, requester_words: ['roy'] },
  ],
  ['watcher', { watcher: 'bob' }, ticket, bare],
  ['watcher by another name', { watcher: 'bob' }, ticket, { ...ticket, watchers: ['carol'] }],
];

describe('whether a changed ticket may pass a filter', () => {
  it.each(filters)('by its %s', (_name, filter, passing, other) => {
    expect([mayPass(filter, passing), mayPass(filter, other)]).toEqual([true, false]);
  });

  it('is not decided by when it was opened', () => {
    const openedDays = { from: '2026-05-16', to: '2026-05-17' } as TicketFilter['openedDays'];
    expect(mayPass({ openedDays: openedDays! }, ticket)).toBe(true);
  });
});
