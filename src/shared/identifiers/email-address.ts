import { found, type Identifier } from './identifier.js';

const local = "[\\p{L}\\p{N}._%+'-]";

/** Begins where a run of such characters begins, so that a long run without an @ is read once. */
const pattern = new RegExp(
  `(?<!${local})(?=[._%+'-]{0,16}[\\p{L}\\p{N}])${local}{1,64}@((?:[\\p{L}\\p{N}_-]{1,63}\\.){1,8}\\p{L}{2,24})(?![\\p{L}\\p{N}])`,
  'gu',
);

/** The version of a package, such as service@2.0.beta, has numbers where a domain has names. */
const version = /^\p{N}{1,63}\.\p{N}{1,63}\./u;

export const emailAddressesIn = (text: string): Identifier[] =>
  found('email-address', { text, pattern, isValid: ([, domain = '']) => !version.test(domain) });
