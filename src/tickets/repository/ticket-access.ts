import { canAccess, type Permission, type Principal } from '../../access/index.js';
import type { TicketCommand } from '../domain/ticket.js';
import type { TicketSnapshot } from './ticket-history.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/**
 * Whether the principal may read the ticket. It belongs to the establishment it is at; nobody of an establishment it has left reads it
 * any more.
 */
export const canRead = (principal: Principal, { ticket }: TicketSnapshot): boolean =>
  ticket.status !== 'unopened' && canAccess(principal, ticket.at.establishment, 'tickets:read');

/** Throws `establishment-not-yours`. */
export const assertCanAccess = (
  principal: Principal,
  establishment: string,
  permission: Permission,
): void => {
  if (!canAccess(principal, establishment, permission)) throw new DomainError('establishment-not-yours');
};

export const permissionFor = (command: Pick<TicketCommand, 'type'>): Permission => `tickets:${command.type}`;

/** Checks the establishment the ticket is at or, for an opening, the one it is for. Throws `establishment-not-yours`. */
export const assertCanExecute = (
  principal: Principal,
  command: TicketCommand,
  { ticket }: TicketSnapshot,
): void => {
  if (command.type === 'open') assertCanAccess(principal, command.at.establishment, permissionFor(command));
  else if (ticket.status !== 'unopened')
    assertCanAccess(principal, ticket.at.establishment, permissionFor(command));
};
