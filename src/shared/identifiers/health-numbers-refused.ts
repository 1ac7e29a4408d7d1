import { DomainError } from '../problems/domain-error.js';
import { identifierCodesIn } from './identifiers.js';

/**
 * Throws `health-number-refused` where a text in what is to be kept in plain holds a health insurance number, with the pointer to each.
 * What is kept so is read by others, under no key of a ticket's, and no erasure of a ticket reaches it.
 */
export const refuseHealthNumbers = (kept: object): void => {
  const pointers = healthNumberPointers(kept);
  if (pointers.length === 0) return;
  throw new DomainError('health-number-refused', { errors: pointers.map((pointer) => ({ pointer })) });
};

/** The texts that hold a health insurance number, as JSON pointers. */
export const healthNumberPointers = (value: unknown, at = ''): string[] => {
  if (typeof value === 'string') return identifierCodesIn(value).includes('health-number') ? [at] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => healthNumberPointers(member, `${at}/${key}`));
};
