import { nothing as n0 } from '../../shared/instant.js';
import { nothing as n1 } from './ticket.events.js';
import { nothing as n2 } from './other.events.js'; // reported
import { nothing as n3 } from '../commands/open.js'; // reported
import { nothing as n4 } from '../../platform/database/database.js'; // reported
import { randomUUID as n5 } from 'node:crypto'; // reported
import { z as n6 } from 'zod'; // reported

export const all = [n0, n1, n2, n3, n4, n5, n6];
