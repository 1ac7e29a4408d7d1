import { nothing as n0 } from '../../platform/http/problems/problem.js';
import { nothing as n1 } from '../../shared/problems/problem-catalogue.js';

export const all = [n0, n1];
