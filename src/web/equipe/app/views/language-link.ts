import { html, type TemplateResult } from 'lit-html';
import { locales } from '../../../../shared/text/text.js';
import type { ViewState } from './view.js';

/** The link to the page in the other language, as the other pages have it; where the script runs, nothing has to be loaded for it. */
export const languageLink = ({ acts, words: { language, say } }: ViewState): TemplateResult => {
  const other = language === 'fr' ? 'en' : 'fr';
  return html`<a
    class="button quiet"
    href="?lang=${other}"
    lang=${locales[other]}
    hreflang=${locales[other]}
    @click=${(event: Event) => {
      event.preventDefault();
      acts.chooseLanguage(other);
    }}
    >${say('otherLanguage')}</a
  >`;
};
