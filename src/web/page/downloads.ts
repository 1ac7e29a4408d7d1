import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text.js';
import { pageWordsIn } from './words.js';

const forms = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' } as const;

/** Links to the same figures as files. `address` is the address of the API, `name` the file name without its extension. */
export const downloads = (address: string, name: string, language: Language): Html => {
  const links = Object.entries(forms).map(
    ([form, text]) =>
      html`<li>
        <a href="${address}${address.includes('?') ? '&' : '?'}format=${form}" download="${name}.${form}"
          >${text}</a
        >
      </li>`,
  );
  return html`<div class="downloads">
    <span id="downloads-${name}">${pageWordsIn(language)('download')}</span>
    <ul aria-labelledby="downloads-${name}">
      ${links}
    </ul>
  </div>`;
};
