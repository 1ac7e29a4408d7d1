import { expect } from '@jest/globals';
import { all } from './bulletin.js';

expect(all).toHaveLength(4);
