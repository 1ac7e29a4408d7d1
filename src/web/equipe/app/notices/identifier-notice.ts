import { html, type TemplateResult } from 'lit-html';
import {
  identifierCodesIn,
  identifierNames,
  surprisingCodesIn,
} from '../../../../shared/identifiers/identifiers.js';
import type { Language } from '../../../../shared/text/text.js';
import type { Words } from '../views/words/words.js';

const sentence: Record<Language, (names: string) => string> = {
  fr: (names) => `Il y a ici ${names}. Ne l’écrivez que s’il le faut pour aider.`,
  en: (names) => `There is ${names} here. Write it only where it is needed to help.`,
};

/** Fields that say how somebody is reached. */
const contactFields: ReadonlySet<string> = new Set(['requester']);

/** What a person reads under a field while typing; empty where nothing in the text names or reaches anybody. */
export const noticeIn = (text: string, language: Language, field = ''): string => {
  const isContact = contactFields.has(field);
  const names = surprisingCodesIn(text, { isContact }).map((code) => identifierNames[code][language]);
  if (names.length === 0) return '';
  return sentence[language](new Intl.ListFormat(language, { type: 'conjunction' }).format(names));
};

/** Whether a title is one that the server would refuse. */
export const isRefusedTitle = (title: string): boolean => identifierCodesIn(title).includes('health-number');

const noticeId = (name: string): string => `notice-${name}`;

/** The place of the notice under a field, which names it in `aria-describedby`. */
export const notice = ({ language }: Words, name: string, value = ''): TemplateResult =>
  html`<p
    class="notice"
    id=${noticeId(name)}
    role="status"
    .textContent=${noticeIn(value, language, name)}
  ></p>`;

/** Shows the notices of a form's fields as they are now. */
export const updateNotices = (
  { language }: Words,
  fields: readonly (HTMLInputElement | HTMLTextAreaElement)[],
): void => {
  for (const { name, value, form } of fields) {
    const place = form?.querySelector(`#${noticeId(name)}`);
    if (place) place.textContent = noticeIn(value, language, name);
  }
};
