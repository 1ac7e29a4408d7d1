import { Controller } from '@nestjs/common';
import type { Arbitrary } from 'fast-check'; // reported
import fc from 'fast-check'; // reported

export type Any = Arbitrary<unknown>;
export const all = [Controller, fc];
