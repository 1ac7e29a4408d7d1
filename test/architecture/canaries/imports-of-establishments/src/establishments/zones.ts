import { nothing } from '../config/settings.js';
import { nothing as http } from '../platform/http.js';
import { nothing as text } from '../shared/text.js';
import { nothing as roles } from '../access/roles.js'; // reported
import { nothing as ticket } from '../tickets/ticket.js'; // reported

export const all = [nothing, http, text, roles, ticket];
