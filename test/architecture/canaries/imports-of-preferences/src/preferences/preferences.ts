import { nothing as n0 } from '../shared/instant.js';
import { nothing as n1 } from '../platform/database/sql.js';
import { nothing as n2 } from '../access/index.js';
import { nothing as n3 } from '../access/guard.js'; // reported
import { nothing as n4 } from '../tickets/index.js'; // reported
import { nothing as n5 } from '../config/settings.js'; // reported

export const all = [n0, n1, n2, n3, n4, n5];
