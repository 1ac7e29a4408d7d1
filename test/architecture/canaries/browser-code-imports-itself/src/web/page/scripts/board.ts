import { nothing } from './elements.js';
import { nothing as instant } from '../../../shared/instant.js';
import { nothing as queue } from '../../equipe/app/queue.js'; // reported
import { nothing as words } from '../words.js'; // reported

export const all = [nothing, instant, queue, words];
