import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn } from './words.js';

/** What people open; programs ask the API for JSON. */
const forms = { csv: 'CSV', xlsx: 'Excel' } as const;

/** The address of a page's data as a file in its language; in French, CSV is written as Excel expects it in Quebec. */
export const fileAddress = (address: string, format: string, language: Language): string => {
  const query = new URLSearchParams({
    ...{ format, lang: language },
    ...(format === 'csv' && language === 'fr' ? { dialect: 'excel' } : {}),
  });
  return `${address}${address.includes('?') ? '&' : '?'}${query.toString()}`;
};

/** Links to the same figures as files. `address` is the address of the API, `name` the file name without its extension. */
export const downloads = (address: string, name: string, language: Language): Html => {
  const links = Object.entries(forms).map(
    ([form, text]) =>
      html`<li>
        <a href="${fileAddress(address, form, language)}" download="${name}.${form}">${text}</a>
      </li>`,
  );
  return html`<div class="downloads">
    <span id="downloads-${name}">${pageWordsIn(language)('download')}</span>
    <ul aria-labelledby="downloads-${name}">
      ${links}
    </ul>
  </div>`;
};
