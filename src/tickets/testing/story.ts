import { unopened, type Ticket } from '../domain/ticket.js';
import { answer, fold, type Answer } from './answer.js';
import type { Arrival } from './arrivals.js';
import { frozen } from './frozen.js';

/** One command that arrived, the ticket before it, the answer it got and the ticket after it. */
export interface Step extends Arrival, Answer {
  before: Ticket;
  after: Ticket;
}

/** What becomes of a ticket when these commands arrive, each answered by the state kept along the way. */
export const story = (arrivals: readonly Arrival[]): Step[] => {
  let ticket = frozen(unopened);
  return arrivals.map(({ command, now }) => {
    const before = ticket;
    const { events, refusal } = answer(command, before, now);
    ticket = fold(events, before);
    return { command, now, events, refusal, before, after: ticket };
  });
};
