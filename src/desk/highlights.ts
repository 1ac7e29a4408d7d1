import { html } from '../platform/http/html.js';

/** Of Unicode's private use: what people write holds none, and where it does, it's shown as marked, never as markup. */
export const markBegin = '\uE000';
const markEnd = '\uE001';
/** Stands for «<» while PostgreSQL looks for what to mark: it would leave out what it takes for HTML. */
export const lessThan = '\uE002';

export const headlineOptions = `StartSel=${markBegin}, StopSel=${markEnd}`;

/** A text with what was found between `<mark>` and `</mark>`, and nothing else in it that a browser would take for HTML. */
export const markedHtml = (headline: string): string =>
  html`${headline}`.text
    .replaceAll(lessThan, '&lt;')
    .replaceAll(markBegin, '<mark>')
    .replaceAll(markEnd, '</mark>');
