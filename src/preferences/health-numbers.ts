import { identifierCodesIn } from '../shared/identifiers/identifiers.js';
import { DomainError } from '../shared/problems/domain-error.js';

/**
 * Throws `health-number-refused` where a text in what is to be kept holds a health insurance number, with the pointer to each. What is kept
 * is read by others, under no key of a ticket's, and no erasure of a ticket reaches it.
 */
export const refuseHealthNumbers = (kept: object): void => {
  const pointers = pointersIn(kept);
  if (pointers.length === 0) return;
  throw new DomainError('health-number-refused', { errors: pointers.map((pointer) => ({ pointer })) });
};

const pointersIn = (value: unknown, at = ''): string[] => {
  if (typeof value === 'string') return identifierCodesIn(value).includes('health-number') ? [at] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => pointersIn(member, `${at}/${key}`));
};
