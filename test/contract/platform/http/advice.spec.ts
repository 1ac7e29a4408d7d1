import { describe, expect, it } from '@jest/globals';
import { operationsProblems } from '../../../../src/shared/problems/catalogue/operations-problems.js';
import {
  problemCatalogue,
  problemCodes as codes,
} from '../../../../src/shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../../src/shared/problems/problem-code.js';
import { adviceOn } from '../../../../src/shared/advice.js';
import { languages } from '../../../../src/shared/text/text.js';
import { refusalWordsOf } from '../../../../src/web/equipe/app/views/words/refusal-words.js';

/** Matches words that only programs need: members of a body, headers, routes, tokens, settings. */
const forPrograms = /«|[{}]|\/\w|[a-z][A-Z]|[A-Z]{2,}_|JSON|HTTP|UTF-8|jeton|token|\bcode\b/;

const withHyphen = codes.filter((code) => code.includes('-'));

/** Problems of requests written by hand, which are answered before any page or tablet could show them. */
const neverShown: readonly ProblemCode[] = ['headers-too-large', 'bad-request', 'address-too-long'];
/** Problems that operators meet, who use the API and have no page. */
const forOperators = Object.keys(operationsProblems);

describe.each(codes.filter((code) => !neverShown.includes(code) && !forOperators.includes(code)))(
  '%s',
  (code) => {
    it.each(languages)('has a text without technical words: %s', (language) => {
      const problem = problemCatalogue[code];
      const advice = adviceOn(code);
      const texts = [advice?.title ?? problem.title, advice?.detail ?? problem.detail].map(
        (text) => text[language],
      );
      for (const text of texts) {
        expect(text).not.toMatch(forPrograms);
        expect(withHyphen.filter((hyphenated) => text.includes(hyphenated))).toEqual([]);
      }
    });

    it('is shown without technical words on a tablet', () => {
      const { title, detail } = problemCatalogue[code];
      const errors = [
        { pointer: '/commands/0/title', message: code },
        { pointer: '/commands/0/title', message: detail.fr },
        { pointer: '/commands/0/occurredAt', message: detail.fr },
      ];
      const words = refusalWordsOf({ code, title: title.fr, detail: detail.fr, errors }, 'fr');
      expect(words.fields).toEqual([]);
      expect(`${words.title} ${words.detail}`).not.toMatch(forPrograms);
    });
  },
);

it('there is no advice on a code that is not in the catalogue', () => {
  expect(adviceOn('constructor')).toBeUndefined();
});
