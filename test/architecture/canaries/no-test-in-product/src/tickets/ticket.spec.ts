import { nothing } from './testing/builders.js';

export const given = nothing;
