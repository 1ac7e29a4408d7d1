import { nothing as n0 } from '../config/settings.js';
import { nothing as n1 } from '../shared/instant.js';
import { nothing as n2 } from '../platform/database/sql.js';
import { nothing as n3 } from '../access/index.js';
import { nothing as n4 } from '../keys/index.js';
import { nothing as n5 } from '../tickets/index.js';
import { nothing as n6 } from '../keys/data-keys.js'; // reported
import { nothing as n7 } from '../tickets/domain/ticket.js'; // reported
import { nothing as n8 } from '../desk/index.js'; // reported
import { nothing as n9 } from '../bulletins/index.js'; // reported

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9];
