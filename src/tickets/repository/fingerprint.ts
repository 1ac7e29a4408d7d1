import { hash } from 'node:crypto';
import { canonicalJson } from '../../shared/canonical-json.js';
import type { TicketCommandType } from '../domain/ticket.js';

/**
 * A hash of what a command asks for: 22 characters, kept with its events for good, so that the same id with another body is noticed. It
 * does not depend on the order of keys, on how ids and times are written, or on what the body repeats of the path. It must never come out
 * otherwise than it did: repeats of recorded commands would be refused.
 */
export const fingerprintOf = (
  type: TicketCommandType | 'attach' | 'me-too',
  ticketId: string,
  body: object,
): string => {
  const {
    commandId: _commandId,
    ticketId: _ticketId,
    type: _type,
    ...fields
  } = body as Record<string, unknown>;
  return hash('sha256', canonicalJson([type, ticketId, fields]), 'base64url').slice(0, 22);
};
