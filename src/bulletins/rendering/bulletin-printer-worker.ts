import { serveTasks } from '../../platform/threads/serve-tasks.js';
import { printedAs } from './forms.js';

// What bulletin-printer.ts runs.
serveTasks(printedAs);
