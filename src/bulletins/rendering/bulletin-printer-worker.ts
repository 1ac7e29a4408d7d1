import { serveTasks } from '../../platform/threads/serve-tasks.js';
import { printedAs } from './formats.js';

// What bulletin-printer.ts runs.
serveTasks(printedAs);
