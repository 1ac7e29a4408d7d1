import { html, type Html } from '../../platform/http/html.js';
import { problemCatalogue, problemCodes } from '../../shared/problems/problem-catalogue.js';
import type { Language } from '../../shared/text/text.js';

export const problemKindsTitle: Record<Language, string> = {
  fr: 'Les problèmes et leurs remèdes',
  en: 'Problems and their remedies',
};

const introduction: Record<Language, Html> = {
  fr: html`Chaque erreur porte un code stable. Les programmes lisent la même liste à <code>/problems</code>,
    en JSON.`,
  en: html`Every error has a stable code. Programs read the same list at <code>/problems</code>, as JSON.`,
};

/** Every problem with its code, the status it is answered with, and what to do about it. */
export const problemKindsMain = (language: Language): Html =>
  html`<div class="narrow">
    <h1>${problemKindsTitle[language]}</h1>
    <p>${introduction[language]}</p>
    <dl>
      ${problemCodes.map((code) => {
        const { status, title, detail } = problemCatalogue[code];
        return html`<dt id="${code}">${title[language]}</dt>
          <dd>
            ${detail[language]} <span class="hint"><code>${code}</code> · ${String(status)}</span>
          </dd>`;
      })}
    </dl>
  </div>`;
