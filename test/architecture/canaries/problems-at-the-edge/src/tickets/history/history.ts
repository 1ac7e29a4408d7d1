import { nothing as n0 } from '../../platform/http/problems/problem.js'; // reported
import { nothing as n1 } from '../../shared/problems/problem-catalogue.js'; // reported
import { nothing as n2 } from '../../platform/http/paging.js';
import { nothing as n3 } from '../../shared/problems/domain-error.js';

export const all = [n0, n1, n2, n3];
