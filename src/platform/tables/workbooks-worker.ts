import { serveTasks } from '../threads/serve-tasks.js';
import { xlsxOf } from './xlsx.js';

// What workbooks.ts runs.
serveTasks(xlsxOf);
