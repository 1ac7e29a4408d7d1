import { defineProblems, Problem } from '../../platform/http/problem.js';
import { localized } from '../../platform/http/request-context.js';

const kinds = defineProblems({
  'not-known-yet': {
    status: 422,
    title: { fr: 'Pas encore connu', en: 'Not known yet' },
    detail: {
      fr: 'Demandez un instant passé, ou une position que le journal a atteinte («position» d’une réponse, ou son en-tête «Position»).',
      en: 'Ask for an instant that has passed, or a position that the log has reached (an answer’s «position», or its «Position» header).',
    },
  },
});

/** The problem of a time or a position that is still to come; `parameter` names it. */
export const notKnownYet = (parameter: string): Problem =>
  new Problem('not-known-yet', {
    errors: [{ pointer: `?${parameter}`, message: localized(kinds['not-known-yet'].detail) }],
  });
