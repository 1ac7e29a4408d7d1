import type { FieldError } from '../../../shared/problems/domain-error.js';
import { problemCatalogue } from '../../../shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import type { ProblemKind } from '../../../shared/problems/problem-kind.js';

export interface ProblemDetails {
  errors?: readonly FieldError[];
  /** Further members of the problem, beside those of RFC 9457. */
  members?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/**
 * What a request is answered where it can't be answered otherwise: application/problem+json (RFC 9457). Thrown by what reads requests
 * and writes answers, and made of the errors of all else by `toProblem`.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code, { cause: details.cause });
    this.kind = problemCatalogue[code];
  }
}
