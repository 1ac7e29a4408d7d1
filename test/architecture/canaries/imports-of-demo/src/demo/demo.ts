import { nothing } from '../config/settings.js';
import { nothing as text } from '../shared/text.js';
import { nothing as send } from '../cli/send.js';
import { nothing as server } from '../server.js';
import { nothing as main } from '../main.js'; // reported
import { nothing as http } from '../platform/http.js'; // reported
import { nothing as issuer } from '../access/issuer.js';
import { nothing as ticket } from '../tickets/ticket.js'; // reported

export const all = [nothing, text, send, server, main, http, issuer, ticket];
