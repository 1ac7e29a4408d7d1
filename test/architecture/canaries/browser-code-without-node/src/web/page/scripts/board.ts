import { join } from 'node:path'; // reported

export const all = [join];
