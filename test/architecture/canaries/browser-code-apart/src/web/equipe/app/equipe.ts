import { nothing } from './queue.js';

export const all = [nothing];
