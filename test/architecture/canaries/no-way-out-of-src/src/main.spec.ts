import { nothing } from '../test/support/server.js';

export const all = nothing;
