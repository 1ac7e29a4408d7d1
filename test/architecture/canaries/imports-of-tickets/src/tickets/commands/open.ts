import { nothing as n0 } from '../domain/ticket.js';
import { nothing as n1 } from '../../shared/instant.js';
import { nothing as n2 } from '../../platform/database/database.js';
import { nothing as n3 } from '../../calendar/local-days.js';
import { nothing as n4 } from '../../access/index.js';
import { nothing as n5 } from '../../establishments/index.js';
import { nothing as n6 } from '../../access/guard.js'; // reported
import { nothing as n7 } from '../../establishments/zones.js'; // reported
import { nothing as n8 } from '../../config/settings.js';
import { nothing as n9 } from '../../desk/index.js'; // reported
import { nothing as n10 } from '../../billets-quotidiens/index.js'; // reported
import { nothing as n11 } from '../../bulletins/index.js'; // reported
import { nothing as n12 } from '../../web/index.js'; // reported
import { nothing as n13 } from '../../cli/import.js'; // reported
import { nothing as n14 } from '../../demo/demo.js'; // reported
import { nothing as n15 } from '../../boot/server.js'; // reported

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13, n14, n15];
