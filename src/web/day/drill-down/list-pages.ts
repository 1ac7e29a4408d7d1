import { html, type Html } from '../../../platform/http/html.js';
import { numberIn } from '../../../calendar/printed.js';
import type { Language } from '../../../shared/text.js';
import { dayWordsIn } from '../words.js';

export interface ListPages {
  /** Items on the pages before, on this one, and on all. */
  shown: number;
  here: number;
  all: number;
  first: string;
  next: string | undefined;
}

/** A list between two lines that say which items these are of how many, and lead to the others. */
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

/** Where an id may be broken: into halves, nearly. */
const halfOfId = 19;

/** The id of a ticket, in two lines where the column is narrow. */
export const ticketCode = (ticketId: string): Html =>
  html`<code class="id">${ticketId.slice(0, halfOfId)}<wbr />${ticketId.slice(halfOfId)}</code>`;
