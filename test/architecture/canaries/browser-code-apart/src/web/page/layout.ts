import { nothing } from './scripts/board.js'; // reported

export const all = [nothing];
