import { nothing } from '../test/support/server.js'; // reported

export const all = nothing;
