import type { TicketRefusalCode } from '../../shared/problems/problem-code.js';

/** Where in the body the refused value stands, for the refusals that are about one. */
export const refusedFields: Partial<Record<TicketRefusalCode, string>> = {
  'occurred-in-the-future': '/occurredAt',
  'id-taken': '/ticketId',
  'health-number-in-title': '/title',
  'merge-into-itself': '/into',
  'merge-target-not-found': '/into',
  'merge-target-merged': '/into',
  'merge-target-not-active': '/into',
  'link-to-itself': '/to',
  'link-target-not-found': '/to',
};
