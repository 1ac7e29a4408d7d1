import { nothing as n0 } from '../platform/http/problems/problem.js';

export const all = [n0];
