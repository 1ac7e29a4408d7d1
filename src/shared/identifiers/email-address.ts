import { found, type Identifier } from './identifier.js';

/** Begins where a run of such characters begins, so that a long run without an @ is read once. */
const pattern =
  /(?<![\p{L}\p{N}._%+'@-])[\p{L}\p{N}_%+'-][\p{L}\p{N}._%+'-]{0,63}@((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}@_-])/gu;

/** The version of a package, such as service@2.0.beta, has numbers where a domain has names. */
const version = /^\p{N}+\.\p{N}+\./u;

export const emailAddressesIn = (text: string): Identifier[] =>
  found('email-address', { text, pattern, isValid: ([, domain = '']) => !version.test(domain) });
