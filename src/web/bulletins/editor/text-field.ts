import { Html, html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';

/** The error messages of a form, by field name. */
export type FieldErrors = ReadonlyMap<string, string>;

interface FieldParts {
  name: string;
  label: string;
  value: string;
  errors: FieldErrors;
  hint?: string | undefined;
}

export const fieldId = (name: string): string => `f${name.replaceAll('/', '-')}`;

/** The ARIA attributes that link a field to its hint and its error, for screen readers. */
const describedBy = ({ name, hint, errors }: FieldParts): Html => {
  const ids = [
    ...(hint === undefined ? [] : [`${fieldId(name)}-hint`]),
    ...(errors.has(name) ? [`${fieldId(name)}-error`] : []),
  ];
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${errors.has(name) && html` aria-invalid="true"`}`;
};

const around = (parts: FieldParts, input: Html, look = ''): Html => {
  const { name, label, hint, errors } = parts;
  const error = errors.get(name);
  return html`<div class="field ${look}">
    <label for="${fieldId(name)}">${label}</label>
    ${hint !== undefined && html`<span class="hint" id="${fieldId(name)}-hint">${hint}</span>`}
    ${error !== undefined && html`<span class="error" id="${fieldId(name)}-error">${error}</span>`} ${input}
  </div>`;
};

export const textField = (
  parts: FieldParts & {
    type?: 'text' | 'date';
    inputMode?: 'decimal';
    list?: string;
    isFixed?: boolean;
    look?: string;
  },
): Html => {
  const { name, value, type = 'text', inputMode, list, isFixed = false, look } = parts;
  const input = html`<input
    id="${fieldId(name)}"
    name="${name}"
    type="${type}"
    value="${value}"
    ${inputMode && html`inputmode="${inputMode}"`}
    ${list && html`list="${list}"`}
    ${isFixed && html`readonly`}
    autocomplete="off"
    ${describedBy(parts)}
  />`;
  return around(parts, input, look);
};

/** Buttons for the text below them; the page's script shows them and makes them work. */
const formattingButtons = (language: Language): Html => {
  const say = bulletinWordsIn(language);
  return html`<span class="marks" role="group" aria-label="${say('formatting')}" hidden>
    <button type="button" class="quiet" data-mark="bold" title="Ctrl+B"><b>${say('bold')}</b></button>
    <button type="button" class="quiet" data-mark="list">${say('list')}</button>
  </span>`;
};

/** A text area, with buttons where its text is formatted. The line break before its value is added because a browser drops the first one. */
export const editorTextArea = (
  parts: FieldParts & { rows: number; maxLength?: number; language?: Language },
): Html => {
  const { name, value, rows, maxLength = 20_000, language } = parts;
  const attributes = html`id="${fieldId(name)}" name="${name}" rows="${rows}" maxlength="${maxLength}"
  ${describedBy(parts)}`;
  const area = new Html(`<textarea ${attributes.text}>\n${html`${value}`.text}</textarea>`);
  return around(parts, html`${language && formattingButtons(language)} ${area}`);
};
