import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';

expect(readFileSync).toBeDefined();
