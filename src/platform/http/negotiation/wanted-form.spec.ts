import { describe, expect, it } from '@jest/globals';
import { prefersData, prefersPage, wantedForm } from './wanted-form.js';

const offered = { json: 'application/json', html: 'text/html', pdf: 'application/pdf' } as const;

describe('the form a request wants', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['application/pdf', 'pdf'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['text/*;q=0.3, application/pdf;q=0.2', 'html'],
    ['application/json;q=0, */*;q=0.1', 'html'],
    ['', 'json'],
    ['text/html ; q=0.2, application/pdf ; q=0.9', 'pdf'],
    ['application/pdf, text/html;q=9', 'pdf'],
    ['text/html; charset=utf-8', 'html'],
    ['application/json;q=0.1, text/html ;Charset="utf-8, or so;q=0" ; q=0.2', 'html'],
    ['text/html;level=1;q=0.4, application/pdf;q=0.3;x=1;y', 'html'],
    ['application/json;odata=verbose;q=0, application/pdf;v=', 'pdf'],
  ])('for Accept: %s is %s', (accept, form) => {
    expect(wantedForm(offered, accept)).toBe(form);
  });

  it('is the format that it names, whatever its Accept header says', () => {
    expect(wantedForm(offered, 'text/html', 'pdf')).toBe('pdf');
  });

  it('is refused where none of the offered types is accepted', () => {
    expect(() => wantedForm(offered, 'image/png')).toThrow('not-acceptable');
  });
});

describe('whether data are preferred', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', false],
    ['text/html, application/json;q=0.1', false],
    ['application/json;q=0, text/html', false],
    ['application/json', true],
    ['text/event-stream', true],
    ['application/json, text/plain, */*', true],
  ])('with Accept: %s is %s', (accept, preferred) => {
    expect(prefersData(accept)).toBe(preferred);
  });
});

describe('whether a page is preferred', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', true],
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['application/json, text/html;q=0.5', false],
    ['application/problem+json, text/html', false],
    ['image/png', false],
  ])('with Accept: %s is %s', (accept, preferred) => {
    expect(prefersPage(accept)).toBe(preferred);
  });
});
