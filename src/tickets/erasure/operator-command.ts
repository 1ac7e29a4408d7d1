import { randomUUID } from 'node:crypto';
import type { Principal } from '../../access/index.js';
import { currentCorrelationId } from '../../platform/request-context.js';
import type { Instant } from '../../shared/instant.js';
import type { CommandMetadata } from '../repository/command-metadata.js';

/** What comes with what operators do to a ticket: it happens when they say so, and is told from a repetition by the ticket alone. */
export const operatorCommand = (ticketId: string, principal: Principal, now: Instant): CommandMetadata => {
  const commandId = randomUUID();
  return {
    ...{ principal, commandId, ticketId, claimedAt: now, rawClaimedAt: now },
    fingerprint: '',
    fingerprintAsWritten: () => undefined,
    correlationId: currentCorrelationId() ?? commandId,
  };
};
