import { nothing } from './app/queue.js'; // reported

export const all = [nothing];
