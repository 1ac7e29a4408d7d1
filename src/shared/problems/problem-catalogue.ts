import { accessProblems } from './catalogue/access-problems.js';
import { attachmentProblems } from './catalogue/attachment-problems.js';
import { bulletinProblems } from './catalogue/bulletin-problems.js';
import { figuresProblems } from './catalogue/figures-problems.js';
import { operationsProblems } from './catalogue/operations-problems.js';
import { preferenceProblems } from './catalogue/preference-problems.js';
import { requestProblems } from './catalogue/request-problems.js';
import { ticketProblems } from './catalogue/ticket-problems.js';
import type { ProblemCode } from './problem-code.js';
import type { ProblemKind } from './problem-kind.js';

/** Each code with its status, title and detail, in the order in which /problems lists them. */
export const problemCatalogue: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...requestProblems,
  ...accessProblems,
  ...figuresProblems,
  ...bulletinProblems,
  ...operationsProblems,
  ...preferenceProblems,
  ...ticketProblems,
  ...attachmentProblems,
};

export const problemCodes = Object.keys(problemCatalogue) as readonly ProblemCode[];
