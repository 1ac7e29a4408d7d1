import type { Format } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { fileAddress } from '../../page/downloads.js';
import { bulletinWordsIn } from '../bulletin-words.js';

/** What people open or paste; programs ask the API for JSON. */
const formNames: Record<Exclude<Format, 'json'>, string> = {
  html: 'HTML',
  md: 'Markdown',
  pdf: 'PDF',
  csv: 'CSV',
  xlsx: 'XLSX',
};

const addressOf = (
  date: string,
  { format, language, revision }: { format: string; language: Language; revision?: number },
): string => {
  const which = revision === undefined ? '' : `?revision=${revision}`;
  return fileAddress(`/v1/bulletins/${date}${which}`, format, language);
};

/** The address of the printed HTML of one publication; without a number, of the newest state. */
export const printAddress = (date: string, language: Language, revision?: number): string =>
  addressOf(date, { format: 'html', language, revision });

/** The bulletin as printed, and its downloads in every format. */
export const printedCard = (date: string, isDraft: boolean, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const links = Object.entries(formNames).map(
    ([format, name]) =>
      html`<li>
        <a
          class="button quiet"
          href="${addressOf(date, { format, language })}"
          download="bulletin-${date}.${format}"
          >${name}</a
        >
      </li>`,
  );
  return html`<section class="card printed" aria-labelledby="printed-title">
    <h2 id="printed-title">${say(isDraft ? 'preview' : 'asPrinted')}</h2>
    <p><a class="button" href="${printAddress(date, language)}">${say('printView')}</a></p>
    <h3 id="downloads-title">${say('downloads')}</h3>
    <ul class="forms" aria-labelledby="downloads-title">
      ${links}
    </ul>
    ${frameOf(printAddress(date, language), say(isDraft ? 'preview' : 'asPrinted'))}
  </section>`;
};

const frameOf = (address: string, title: string): Html =>
  html`<iframe src="${address}" title="${title}" loading="lazy"></iframe>`;

/** The whole draft as it would be printed. */
export const previewFrame = (date: string, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const address = `${printAddress(date, language)}&revision=draft`;
  return html`<section class="card printed whole" aria-labelledby="printed-title">
    <h2 id="printed-title">${say('preview')}</h2>
    ${frameOf(address, say('preview'))}
  </section>`;
};
