import type { Store } from './store.js'; // reported

export interface Queue {
  store: Store;
}
