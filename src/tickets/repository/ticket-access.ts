import { canAccess, isAllowed, type Permission, type Principal } from '../../access/index.js';
import type { TicketCommand } from '../domain/ticket.js';
import type { TicketSnapshot } from './ticket-history.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/**
 * Whether the principal may read the ticket. It belongs to the establishment it is at; nobody of an establishment it has left reads it
 * any more.
 */
export const canRead = (principal: Principal, { ticket }: TicketSnapshot): boolean =>
  ticket.status !== 'unopened' && canAccess(principal, ticket.at.establishment, 'tickets:read');

/**
 * Whether the principal may know that there is a ticket at this establishment. To all others it looks like one that does not exist, so
 * that nobody learns by trying ids which tickets there are elsewhere.
 */
const canKnowOf = (principal: Principal, establishment: string): boolean =>
  canAccess(principal, establishment, 'tickets:read') ||
  canAccess(principal, establishment, 'tickets:history');

/** Throws `ticket-not-found`, or `establishment-not-yours` where the principal may know of the ticket. */
export const assertCanAccess = (
  principal: Principal,
  establishment: string,
  permission: Permission,
): void => {
  if (canAccess(principal, establishment, permission)) return;
  throw new DomainError(canKnowOf(principal, establishment) ? 'establishment-not-yours' : 'ticket-not-found');
};

/** Whoever may write a note may put a file beside it. */
export const permissionFor = ({ type }: Pick<TicketCommand, 'type'>): Permission =>
  type === 'attach' ? 'tickets:note' : `tickets:${type}`;

/**
 * Checks the establishment the ticket is at. Throws as `assertCanAccess` does; for an opening, which names its establishment, always
 * `establishment-not-yours`; and `role-not-allowed` for an internal note of someone who could not read it.
 */
export const assertCanExecute = (
  principal: Principal,
  command: TicketCommand,
  { ticket }: TicketSnapshot,
): void => {
  const permission = permissionFor(command);
  if (command.type === 'note' && command.internal && !isAllowed(principal, 'tickets:internal-notes')) {
    throw new DomainError('role-not-allowed', {
      errors: [{ pointer: '/internal', message: 'role-not-allowed' }],
    });
  }
  if (command.type !== 'open') {
    if (ticket.status !== 'unopened') assertCanAccess(principal, ticket.at.establishment, permission);
  } else if (!canAccess(principal, command.at.establishment, permission)) {
    throw new DomainError('establishment-not-yours');
  }
};
