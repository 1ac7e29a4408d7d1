import { nothing as n0 } from '../config/settings.js';
import { nothing as n1 } from '../shared/instant.js';
import { nothing as n2 } from '../platform/database/database.js';
import { nothing as n3 } from '../establishments/index.js';
import { nothing as n4 } from '../establishments/zones.js'; // reported
import { nothing as n5 } from '../tickets/index.js'; // reported

export const all = [n0, n1, n2, n3, n4, n5];
