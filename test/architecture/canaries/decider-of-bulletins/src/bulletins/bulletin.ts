import { nothing } from '../shared/instant.js';
import type { nothing as event } from './bulletin.events.js';
import { nothing as other } from './other.events.js'; // reported
import { nothing as command } from './commands/open.js'; // reported
import type { nothing as http } from '../platform/http.js'; // reported
import { randomUUID } from 'node:crypto'; // reported
import type { z } from 'zod'; // reported

export type Event = typeof event;
export type Http = typeof http;
export type Schema = z.ZodType;
export const all = [nothing, other, command, randomUUID];
