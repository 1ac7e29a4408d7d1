import { nothing as n0 } from '../config/settings.js';
import { nothing as n1 } from '../shared/instant.js';
import { nothing as n2 } from '../platform/database/database.js';
import { nothing as n3 } from '../calendar/local-days.js';
import { nothing as n4 } from '../access/index.js';
import { nothing as n5 } from '../establishments/index.js';
import { nothing as n6 } from '../tickets/index.js';
import { nothing as n7 } from '../desk/index.js';
import { nothing as n8 } from '../billets-quotidiens/index.js';
import { nothing as n9 } from '../bulletins/index.js';
import { nothing as n10 } from '../operations/index.js';
import { nothing as n11 } from '../web/index.js';
import { nothing as n12 } from '../tickets/domain/ticket.js'; // reported
import { nothing as n13 } from '../web/day/day.js'; // reported
import { nothing as n14 } from '../cli/token.js'; // reported
import { nothing as n15 } from '../demo/demo.js'; // reported
import { nothing as n16 } from '../client/client.js'; // reported
import { nothing as n17 } from '../keys/index.js';
import { nothing as n18 } from '../keys/data-keys.js'; // reported
import { nothing as n19 } from '../access/core.js';
import { nothing as n20 } from '../tickets/core.js';
import { nothing as n21 } from '../bulletins/core.js';

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15, n16, n17, n18, n19, n20, n21];
