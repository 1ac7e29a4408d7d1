import type { nothing as event } from '../tickets/ticket.events.js';
import { nothing } from '../tickets/ticket.codec.js';
import type { nothing as ticket } from '../tickets/ticket.js'; // reported
import { nothing as command } from '../tickets/commands/open-ticket.js'; // reported
import { nothing as other } from '../desk/projection.js'; // reported
import { nothing as draft } from '../bulletins/draft.js'; // reported

export type Event = typeof event;
export type Ticket = typeof ticket;
export const all = [nothing, command, other, draft];
