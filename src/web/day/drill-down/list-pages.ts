import { html, type Html } from '../../../platform/http/html.js';
import { numberIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { referenceOf } from '../../../shared/ticket-reference.js';
import { dayWordsIn } from '../words.js';

export interface ListPages {
  /** Items on the pages before, on this page (`here`), and on all pages (`all`). */
  shown: number;
  here: number;
  all: number;
  first: string;
  next: string | undefined;
}

/** A list of items with the range it shows and links to the first and the next page, above it and, where more follows, below it. */
export const pagedList = (
  list: Html,
  { shown, here, all, first, next }: ListPages,
  language: Language,
): Html => {
  const say = dayWordsIn(language);
  const number = (value: number) => numberIn(language, value);
  const of = language === 'fr' ? 'de' : 'of';
  const line = html`<span>${number(shown + 1)}–${number(shown + here)} ${of} ${number(all)}</span>
    ${shown > 0 && html`<a class="button quiet" href="${first}">${say('first')}</a>`}
    ${next !== undefined && html`<a class="button quiet" rel="next" href="${next}">${say('next')}</a>`}`;
  return html`<nav class="pages" aria-label="${say('pages')}">${line}</nav>
    ${list} ${next !== undefined && html`<div class="pages">${line}</div>`}`;
};

/** What a ticket is called. The access log finds it by its attribute, and its id is what programs know it by. */
export const ticketCode = (ticketId: string): Html =>
  html`<code class="id" data-ticket="${ticketId}" title="${ticketId}">${referenceOf(ticketId)}</code>`;
