import type { nothing } from '../shared/instant.js';
import type { nothing as other } from './note.events.js'; // reported
import type { nothing as name } from './names.js'; // reported
import type { nothing as http } from '../platform/http.js'; // reported
import type { z } from 'zod'; // reported
import { randomUUID } from 'node:crypto'; // reported

export type All = [typeof nothing, typeof other, typeof name, typeof http, z.ZodType, typeof randomUUID];
