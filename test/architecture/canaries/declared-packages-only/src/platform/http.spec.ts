import { __decorate } from 'tslib'; // reported

export const all = __decorate;
