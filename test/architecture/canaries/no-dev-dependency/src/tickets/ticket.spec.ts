import fc from 'fast-check';

export const all = fc;
