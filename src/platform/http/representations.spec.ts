import { describe, expect, it } from '@jest/globals';
import { wantedForm } from './representations.js';

const offered = { json: 'application/json', html: 'text/html', pdf: 'application/pdf' } as const;

describe('the form a request wants', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/pdf', 'pdf'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/*;q=0.3, application/pdf;q=0.2', 'html'],
    ['application/json;q=0, */*;q=0.1', 'html'],
  ])('is, for Accept: %s, %s', (accept, form) => {
    expect(wantedForm(offered, accept)).toBe(form);
  });

  it('is the one it names, whatever it accepts', () => {
    expect(wantedForm(offered, 'text/html', 'pdf')).toBe('pdf');
  });

  it('is refused where it is none of ours', () => {
    expect(() => wantedForm(offered, 'image/png')).toThrow('not-acceptable');
  });
});
