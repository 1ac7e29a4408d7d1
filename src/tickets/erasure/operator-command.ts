import { randomUUID } from 'node:crypto';
import type { Principal } from '../../access/index.js';
import type { Instant } from '../../shared/instant.js';
import type { CommandMetadata } from '../repository/command-metadata.js';

/** Who asks for it, and what ties the traces of their request together, where it is a request. */
export interface Operator {
  principal: Principal;
  correlationId?: string | undefined;
}

/** What comes with what operators do to a ticket: it happens when they say so, and is told from a repetition by the ticket alone. */
export const operatorCommand = (
  ticketId: string,
  { principal, correlationId }: Operator,
  now: Instant,
): CommandMetadata => {
  const commandId = randomUUID();
  return {
    ...{ principal, commandId, ticketId, claimedAt: now, rawClaimedAt: now },
    fingerprint: '',
    fingerprintAsWritten: () => undefined,
    correlationId: correlationId ?? commandId,
  };
};
