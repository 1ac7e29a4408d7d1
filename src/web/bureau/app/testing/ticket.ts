import type { Ticket } from '../api/answers.js';

/** A ticket with every field, for tests. */
export const ticket = (changes: Partial<Ticket> = {}): Ticket => ({
  ticketId: '0190c7a0-0000-7000-8000-000000000001',
  establishment: 'NIM',
  site: null,
  reference: '0000-0001',
  title: 'Imprimante muette',
  description: null,
  category: 'impression',
  priority: 'P2',
  location: null,
  requester: null,
  status: 'open',
  team: 'mobile-nim-03',
  assignee: null,
  watchers: 0,
  openedAt: '2026-05-18T08:00:00Z',
  updatedAt: '2026-05-18T08:00:00Z',
  resolvedAt: null,
  resolution: null,
  mergedInto: null,
  links: [],
  revision: 1,
  attachments: 0,
  ...changes,
});
