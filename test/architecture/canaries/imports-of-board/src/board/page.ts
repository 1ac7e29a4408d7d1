import { nothing } from '../billets-quotidiens/queries/backlog.js';
import { nothing as projection } from '../billets-quotidiens/figures.projection.js'; // reported
import { nothing as desk } from '../desk/open-tickets.js'; // reported
import { nothing as event } from '../tickets/ticket.events.js'; // reported
import { nothing as decider } from '../bulletins/bulletin.js'; // reported

export const all = [nothing, projection, desk, event, decider];
