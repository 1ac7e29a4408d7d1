import type { Text } from '../text/text.js';
import type { ProblemCode } from './problem-code.js';

/** What is wrong with a field. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, or `?name` for a query parameter. */
  pointer: string;
  message: string | Text;
}

/** The same where, without a message, the advice on the problem's code is shown. */
export type FieldFault = Pick<FieldError, 'pointer'> & Partial<FieldError>;

export interface ErrorDetails {
  /** The fields that are at fault. */
  errors?: readonly FieldFault[];
  /** Further members of the answer, by name. */
  members?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** An error that the caller should know of, by its code. Where requests are answered decides how: nothing here knows of HTTP. */
export class DomainError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code, { cause: details.cause });
  }
}

/**
 * Codes of commands that could not be decided: the same command, sent again, may well be taken. Every other code is a refusal, and stays
 * one.
 */
const undecided = [
  'internal-error',
  'unavailable',
  'too-many-requests',
  'position-not-reached',
  'figures-behind',
  'no-leader',
] as const satisfies readonly ProblemCode[];

/** Whether the command itself is at fault, so that those after it can be decided all the same. */
export const isRefusal = ({ code }: DomainError): boolean =>
  !(undecided as readonly ProblemCode[]).includes(code);
