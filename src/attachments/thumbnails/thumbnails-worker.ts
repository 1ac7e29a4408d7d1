import { serveTasks } from '../../platform/threads/serve-tasks.js';
import { makeThumbnail } from './make-thumbnail.js';

// What thumbnails.ts runs.
serveTasks(makeThumbnail);
