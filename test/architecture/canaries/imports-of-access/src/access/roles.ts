import { nothing } from '../config/settings.js';
import { nothing as http } from '../platform/http.js';
import { nothing as text } from '../shared/text.js';
import { nothing as zones } from '../establishments/zones.js';
import { nothing as ticket } from '../tickets/ticket.js'; // reported

export const all = [nothing, http, text, zones, ticket];
