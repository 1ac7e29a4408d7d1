import { describe, expect, it } from '@jest/globals';
import { DomainError, isRefusal } from './domain-error.js';
import { problemCatalogue, problemCodes } from './problem-catalogue.js';
import type { ProblemCode } from './problem-code.js';
import type { ProblemKind } from './problem-kind.js';

describe('an error of the domain', () => {
  it('is a refusal unless the server is at fault, or the command has to be sent again', () => {
    const refusals = problemCodes.filter((code) => isRefusal(new DomainError(code)));
    const isDecided = (code: ProblemCode) =>
      problemCatalogue[code].status < 500 && code !== 'too-many-requests';
    expect(refusals).toEqual(problemCodes.filter(isDecided));
  });

  it('does not compile with a code that is not in the catalogue', () => {
    // @ts-expect-error: misspelt
    expect(Object.hasOwn(problemCatalogue, new DomainError('ticket-not-fuond').code)).toBe(false);
  });
});

describe('the catalogue of problems', () => {
  it('does not compile without an entry for each code', () => {
    const { malformed: _malformed, ...others } = problemCatalogue;
    // @ts-expect-error: one is missing
    const catalogue: Record<ProblemCode, ProblemKind> = others;
    expect(Object.keys(catalogue)).not.toContain('malformed');
  });
});
