import { expect } from '@jest/globals';
import { all } from './ticket.js';

expect(all).toHaveLength(4);
