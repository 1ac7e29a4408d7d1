import { nothing as n0 } from '../platform/http/problem.js';

export const all = [n0];
