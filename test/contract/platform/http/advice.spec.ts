import { describe, expect, it } from '@jest/globals';
import { operationsProblems } from '../../../../src/shared/problems/catalogue/operations-problems.js';
import {
  problemCatalogue,
  problemCodes as codes,
} from '../../../../src/shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../../src/shared/problems/problem-code.js';
import { adviceOn } from '../../../../src/shared/advice.js';
import { languages } from '../../../../src/shared/text.js';
import { refusalWordsOf } from '../../../../src/web/equipe/app/views/refusal-words.js';

/** What only programs read: a member of a body, a header, a route, a token, a setting. */
const forPrograms = /«|[{}]|\/\w|[a-z][A-Z]|[A-Z]{2,}_|JSON|HTTP|UTF-8|jeton|token|\bcode\b/;

const withHyphen = codes.filter((code) => code.includes('-'));

/** Met before any page of ours, by who writes requests by hand. */
const neverShown: readonly ProblemCode[] = ['headers-too-large', 'bad-request', 'address-too-long'];
/** Operators ask by the API alone. */
const forOperators = Object.keys(operationsProblems);

describe.each(codes.filter((code) => !neverShown.includes(code) && !forOperators.includes(code)))(
  '%s',
  (code) => {
    it.each(languages)('has words for people: %s', (language) => {
      const problem = problemCatalogue[code];
      const advice = adviceOn(code);
      const said = [advice?.title ?? problem.title, advice?.detail ?? problem.detail].map(
        (text) => text[language],
      );
      for (const text of said) {
        expect(text).not.toMatch(forPrograms);
        expect(withHyphen.filter((one) => text.includes(one))).toEqual([]);
      }
    });

    it('is told so on a tablet', () => {
      const { title, detail } = problemCatalogue[code];
      const errors = [
        { pointer: '/commands/0/title', message: code },
        { pointer: '/commands/0/title', message: detail.fr },
        { pointer: '/commands/0/occurredAt', message: detail.fr },
      ];
      const told = refusalWordsOf({ code, title: title.fr, detail: detail.fr, errors });
      expect(told.fields).toEqual([]);
      expect(`${told.title} ${told.detail}`).not.toMatch(forPrograms);
    });
  },
);

it('has no advice on what can’t happen', () => {
  expect(adviceOn('constructor')).toBeUndefined();
});
