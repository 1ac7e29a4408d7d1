import { hash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.js';
import type { CommandBody } from '../execution/command-body.js';
import type { TicketCommandType } from '../domain/ticket.js';

/**
 * What a command asks for, whatever the order of its keys, however its id and times are written, and whether it repeats what the path
 * says: 22 characters, kept with its events for good, so that the same id with another body is noticed. It must never come out
 * otherwise than it did.
 */
export const fingerprintOf = (type: TicketCommandType, ticketId: string, body: CommandBody): string => {
  const { commandId: _commandId, ticketId: _ticketId, type: _type, ...fields } = body;
  return hash('sha256', canonicalJson([type, ticketId, fields]), 'base64url').slice(0, 22);
};
