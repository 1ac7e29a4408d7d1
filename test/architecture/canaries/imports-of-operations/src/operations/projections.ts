import { nothing } from '../access/guard.js';
import { nothing as engine } from '../platform/engine.js';
import { nothing as ticket } from '../tickets/ticket.js'; // reported

export const all = [nothing, engine, ticket];
