import { nothing } from './testing/builders.js'; // reported
import type { given } from './ticket.spec.js'; // reported
import { nothing as store } from '../platform/testing/deep/store.js'; // reported

export type Given = typeof given;
export const all = [nothing, store];
