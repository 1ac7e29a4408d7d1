import { nothing } from './instant.js';
import { nothing as database } from '../platform/database.js'; // reported

export const all = [nothing, database];
