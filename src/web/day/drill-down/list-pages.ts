import { html, type Html } from '../../../platform/http/html.js';
import { numberIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text.js';
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

/** The length of the part of an id after which its line may break: about half of it. */
const halfOfId = 19;

/** The id of a ticket, which may take two lines in a narrow column. The access log finds it by its attribute. */
export const ticketCode = (ticketId: string): Html =>
  html`<code class="id" data-ticket="${ticketId}"
    >${ticketId.slice(0, halfOfId)}<wbr />${ticketId.slice(halfOfId)}</code
  >`;
