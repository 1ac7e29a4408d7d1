import { expect } from '@jest/globals';
import type { Instant } from '../../shared/instant.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { OpenedTicket, TicketRefusalCode, TicketCommand } from '../domain/ticket.js';
import { answer, fold, type Answer } from './answer.js';
import { noon } from './fixed.js';

/** The events of a command that asks for what already is. */
export const nothing: readonly TicketEvent[] = [];

/** `given(opened()).when(resolve()).then(resolved())`: a ticket's past, a command to it, and the answer it must give. */
export const given = (...history: TicketEvent[]) => ({
  when: (command: TicketCommand, now: Instant = noon) => {
    const ticket = fold(history);
    const expectAnswer = (expected: Answer) => expect(answer(command, ticket, now)).toEqual(expected);
    return {
      then: (expected: TicketEvent | readonly TicketEvent[]) =>
        expectAnswer({ events: [expected].flat(), refusal: null }),
      refused: (refusal: TicketRefusalCode) => expectAnswer({ events: [], refusal }),
    };
  },
  /** Expects the ticket that these events make to have these fields. */
  becomes: (expected: Partial<OpenedTicket>) => expect(fold(history)).toMatchObject(expected),
});
