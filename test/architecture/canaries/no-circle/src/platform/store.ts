import type { Queue } from './queue.js'; // reported

export interface Store {
  queue: Queue;
}
