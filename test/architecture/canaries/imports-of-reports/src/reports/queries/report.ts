import { nothing as n0 } from '../../shared/instant.js';
import { nothing as n1 } from '../../platform/database/database.js';
import { nothing as n2 } from '../../calendar/local-days.js';
import { nothing as n3 } from '../../access/index.js';
import { nothing as n4 } from '../../establishments/index.js';
import { nothing as n5 } from '../../tickets/domain/ticket.events.js';
import { nothing as n6 } from '../../tickets/domain/ticket.codec.js';
import { nothing as n7 } from '../../tickets/index.js'; // reported
import { nothing as n8 } from '../../tickets/domain/ticket.js'; // reported
import { nothing as n9 } from '../../desk/index.js'; // reported
import { nothing as n10 } from '../../bulletins/index.js'; // reported
import { nothing as n11 } from '../../tickets/domain/ticket-texts.js';
import { nothing as n12 } from '../../billets-quotidiens/index.js';
import { nothing as n13 } from '../../billets-quotidiens/queries/figures.js'; // reported

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13];
