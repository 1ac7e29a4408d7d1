import { describe, expect, it } from '@jest/globals';
import type { Principal } from '../../access/index.js';
import type { TicketCommand } from '../domain/ticket.js';
import { close, open, reopen, resolve, start } from '../testing/commands.js';
import { noon, otherTicket, thisTicket } from '../testing/fixed.js';
import type { CommandToDecide } from './decide-command.js';
import {
  decideSpeculatively,
  needsSequentialDecision,
  type SpeculativeDecision,
} from './speculative-decision.js';
import { TicketHistory } from './ticket-history.js';
import { DomainError } from '../../shared/problems/domain-error.js';

const agent: Principal = { id: 'alice', roles: ['agent'], establishments: 'all' };
const team: Principal = { ...agent, roles: ['mobile-team'] };

const sent = (command: TicketCommand, principal = agent): CommandToDecide => ({
  command,
  metadata: {
    ...{ principal, commandId: `command-${command.type}`, ticketId: thisTicket },
    ...{ fingerprint: 'f', fingerprintAsWritten: () => undefined, correlationId: 'c' },
    ...{ claimedAt: command.claimedAt, rawClaimedAt: command.claimedAt },
  },
});

const neverOpened = new TicketHistory(thisTicket);
const decided = (...commands: CommandToDecide[]) => decideSpeculatively(commands, neverOpened, () => noon);
const answers = (decision: ReturnType<typeof decided>) =>
  (decision as SpeculativeDecision).settled.map((outcome) =>
    outcome.status === 'fulfilled'
      ? [outcome.value.status, outcome.value.revision]
      : (outcome.reason as DomainError).code,
  );
const events = (decision: ReturnType<typeof decided>) =>
  (decision as SpeculativeDecision).append?.events.map(({ type }) => type);

describe('several commands about one ticket', () => {
  it('are each decided on the ticket as those before them leave it', () => {
    const decision = decided(sent(open()), sent(start()), sent(resolve()));
    expect(answers(decision)).toEqual([
      ['applied', 1],
      ['applied', 2],
      ['applied', 3],
    ]);
  });

  it('are written in one append, at the revision that was read', () => {
    const decision = decided(sent(open()), sent(start()), sent(resolve()));
    expect(events(decision)).toEqual(['TicketOpened', 'WorkStarted', 'TicketResolved']);
    expect((decision as SpeculativeDecision).append?.expectedRevision).toBe(0);
  });

  it('write nothing where none of them leads to an event', () => {
    const decision = decided(sent(start()), sent(reopen()));
    expect(answers(decision)).toEqual(['ticket-not-found', 'ticket-not-found']);
    expect(events(decision)).toBeUndefined();
  });

  it('are decided one by one, where one is refused on a ticket that is not written yet', () => {
    expect(decided(sent(open()), sent(close()))).toBe(needsSequentialDecision);
  });

  it('go on after one that the sender’s role does not allow, whatever the ticket', () => {
    const decision = decided(sent(open(), team), sent(close(), team), sent(start(), team));
    expect(answers(decision)).toEqual([['applied', 1], 'role-not-allowed', ['applied', 2]]);
  });

  it('are never written to another ticket’s stream', () => {
    expect(() => decided(sent({ ...open(), ticketId: otherTicket }))).toThrow(otherTicket);
  });
});
