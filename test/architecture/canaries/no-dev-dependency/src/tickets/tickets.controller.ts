import { Controller } from '@nestjs/common';
import type { Arbitrary } from 'fast-check'; // reported
import { Test } from '@nestjs/testing'; // reported

export type Any = Arbitrary<unknown>;
export const all = [Controller, Test];
