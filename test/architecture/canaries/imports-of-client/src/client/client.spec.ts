import { expect } from '@jest/globals';
import { nothing } from '../tickets/testing/builders.js'; // reported

expect(nothing).toBe(0);
