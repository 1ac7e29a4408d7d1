import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFormEncoded } from './form-encoded.js';
import { Problem } from '../problems/problem.js';

const parsed = (text: string) => ({ ...parseFormEncoded(text, (name) => `?${name}`) });
const errorsOf = (text: string) => {
  try {
    return parsed(text);
  } catch (error) {
    return (error as Problem).details.errors?.map(({ pointer }) => pointer);
  }
};

describe('what a form or a query says', () => {
  it('is what was written into it', () => {
    const field = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(field, field, { noNullPrototype: true }), (fields) => {
        expect(parsed(new URLSearchParams(fields).toString())).toEqual(fields);
      }),
    );
  });

  it('may name a parameter several times', () => {
    expect(parsed('status=open&q=a+b&status=%C3%A9')).toEqual({ status: ['open', 'é'], q: 'a b' });
  });

  it.each([
    'q=caf%E9',
    'q=%',
    'q=100%',
    'q=%zz',
    'q=%C3',
    'q=%ED%A0%80',
    'q=%C0%AF',
    'q=caf\u00e9',
    'a=1&q=%F5',
  ])('is refused where it is not UTF-8, by the name of the parameter: %s', (text) => {
    expect(errorsOf(text)).toEqual(['?q']);
  });
});
