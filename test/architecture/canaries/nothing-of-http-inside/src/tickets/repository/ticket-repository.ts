import { nothing as n0 } from '../../shared/problems/domain-error.js';
import { nothing as n1 } from '../../platform/positions.js';
import { nothing as n2 } from '../../platform/http/paging.js'; // reported
import { nothing as n3 } from '../http/ticket-answer.js'; // reported
import { fastify as n4 } from 'fastify'; // reported

export const all = [n0, n1, n2, n3, n4];
