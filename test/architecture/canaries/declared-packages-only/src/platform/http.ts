import { z } from 'zod';
import { __decorate } from 'tslib'; // reported
import type { Nowhere } from 'a-package-that-is-not-installed'; // reported

export type Type = Nowhere;
export const all = [z, __decorate];
