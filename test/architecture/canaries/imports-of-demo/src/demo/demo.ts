import { nothing as n0 } from '../config/settings.js';
import { nothing as n1 } from '../shared/instant.js';
import { nothing as n2 } from '../cli/serve.js';
import { nothing as n3 } from '../boot/server.js';
import { nothing as n4 } from '../access/index.js'; // reported
import { nothing as n5 } from '../access/guard.js'; // reported
import { nothing as n6 } from '../main.js'; // reported
import { nothing as n7 } from '../platform/database/database.js'; // reported
import { nothing as n8 } from '../tickets/index.js'; // reported
import { nothing as n9 } from '../access/core.js';

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9];
