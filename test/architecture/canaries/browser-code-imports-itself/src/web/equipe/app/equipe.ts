import { nothing } from './queue.js';
import { nothing as instant } from '../../../shared/instant.js';
import { nothing as words } from '../../page/words.js'; // reported

export const all = [nothing, instant, words];
