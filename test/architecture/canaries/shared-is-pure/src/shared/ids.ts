import { nothing } from './instant.js';
import { v7 } from 'uuid'; // reported
import type { z } from 'zod'; // reported
import { createHash } from 'node:crypto'; // reported

export type Schema = z.ZodType;
export const all = [nothing, v7, createHash];
