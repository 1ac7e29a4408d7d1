import { nothing } from './tickets/testing/builders.js'; // reported

export const all = nothing;
