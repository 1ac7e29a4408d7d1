import { expect } from '@jest/globals';
import { nothing } from '../../tickets/testing/builders.js';
import { nothing as ticket } from '../../tickets/domain/ticket.js'; // reported

expect(nothing).toBe(ticket);
