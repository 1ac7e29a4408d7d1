import type { Text } from '../text.js';
import type { ProblemCode } from './problem-code.js';

export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, or `?name` for a query parameter. */
  pointer: string;
  message: string;
}

/** The same before it is known who reads it; without a message, what its error’s code says to do about it. */
export interface FieldFault {
  pointer: string;
  message?: string | Text;
}

export interface ErrorDetails {
  /** Where in what was asked the fault is. */
  errors?: readonly FieldFault[];
  /** What else whoever asked should know, by name. */
  members?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** What whoever asked should know, by its code. How it is answered is for those to say who answer: nothing here knows of HTTP. */
export class DomainError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ErrorDetails = {},
  ) {
    super(code, { cause: details.cause });
  }
}

/** Codes of what could not be decided: the same command again may well be taken. Every other one is a refusal, and stays one. */
const undecided = [
  'internal-error',
  'unavailable',
  'position-not-reached',
  'figures-behind',
  'no-leader',
] as const satisfies readonly ProblemCode[];

/** Whether the command itself is at fault, so that those after it can be decided all the same. */
export const isRefusal = ({ code }: DomainError): boolean =>
  !(undecided as readonly ProblemCode[]).includes(code);
