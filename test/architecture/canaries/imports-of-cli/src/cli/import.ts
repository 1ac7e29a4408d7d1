import { nothing } from '../config/settings.js';
import { nothing as text } from '../shared/text.js';
import { nothing as issuer } from '../access/issuer.js';
import { nothing as http } from '../platform/http.js';
import { nothing as client } from '../client/client.js';
import { nothing as server } from '../server.js';
import { nothing as main } from '../main.js'; // reported
import { nothing as root } from '../app.module.js'; // reported
import { nothing as ticket } from '../tickets/ticket.js'; // reported
import { nothing as zones } from '../establishments/zones.js'; // reported
import { nothing as demo } from '../demo/demo.js'; // reported

export const all = [nothing, text, issuer, http, client, server, main, root, ticket, zones, demo];
