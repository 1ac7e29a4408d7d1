import { nothing } from '../billets-quotidiens/queries/backlog.js';
import { nothing as bulletin } from '../bulletins/bulletin.js';
import { nothing as projection } from '../billets-quotidiens/figures.projection.js'; // reported
import { nothing as desk } from '../desk/open-tickets.js'; // reported
import { nothing as event } from '../tickets/ticket.events.js'; // reported

export const all = [nothing, bulletin, projection, desk, event];
