import { nothing as n0 } from '../config/settings.js';
import { nothing as n1 } from '../shared/instant.js';
import { nothing as n2 } from '../platform/database/database.js';
import { nothing as n3 } from '../client/client.js';
import { nothing as n4 } from '../boot/registry.js';
import { nothing as n5 } from '../access/index.js'; // reported
import { nothing as n6 } from '../access/guard.js'; // reported
import { nothing as n7 } from '../main.js'; // reported
import { nothing as n8 } from '../tickets/index.js'; // reported
import { nothing as n9 } from '../demo/demo.js'; // reported
import { nothing as n10 } from '../keys/index.js'; // reported
import { nothing as n11 } from '../keys/data-keys.js'; // reported
import { nothing as n12 } from '../access/core.js';
import { nothing as n13 } from '../keys/core.js';

export const all = [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12, n13];
