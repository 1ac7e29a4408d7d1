import type { FieldError } from '../../shared/problems/domain-error.js';
import { currentLanguage } from '../request-context.js';
import type { Problem } from './problem.js';

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  [member: string]: unknown;
}

/** A problem as the caller reads it: RFC 9457, in the language of the request. */
export const problemDocument = (problem: Problem): ProblemDocument => {
  const language = currentLanguage();
  const { kind, code, details } = problem;
  return {
    type: `/problems/${code}`,
    title: kind.title[language],
    status: kind.status,
    detail: kind.detail[language],
    ...(details.errors ? { errors: [...details.errors] } : {}),
    ...details.members,
  };
};
