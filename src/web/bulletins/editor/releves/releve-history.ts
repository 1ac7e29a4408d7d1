import type { WrittenBulletin, WrittenReleve } from '../../../../bulletins/index.js';
import { html, type Html } from '../../../../platform/http/html.js';
import { dayIn, momentIn, numberIn, quantityIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text.js';
import { bulletinWordsIn } from '../../bulletin-words.js';
import { releveName } from './known-releves.js';

/** The relevés that were corrected, with every value they had. */
export const releveHistory = (
  { writtenReleves }: WrittenBulletin,
  timeZone: string,
  language: Language,
): Html => {
  const byReleve = new Map<string, WrittenReleve[]>();
  for (const releve of writtenReleves) {
    const key = `${releve.day} ${releve.code}`;
    byReleve.set(key, [...(byReleve.get(key) ?? []), releve]);
  }
  const corrected = [...byReleve.values()].filter((values) => values.length > 1);
  if (corrected.length === 0) return html``;
  const say = bulletinWordsIn(language);
  const line = ({ value, total, unit, writtenAt, writtenBy }: WrittenReleve): Html =>
    html`<li>
      <strong>${quantityIn(language, value, unit)}</strong
      >${total !== undefined && ` / ${numberIn(language, total)}`},
      <span class="hint">${momentIn(language, writtenAt, timeZone)}, ${say('by')} ${writtenBy}</span>
    </li>`;
  return html`<section class="card" aria-labelledby="history-title">
    <h2 id="history-title">${say('releveHistory')}</h2>
    ${corrected.map(
      (values) =>
        html`<h3>
            ${values.slice(-1).map((last) => `${releveName(last, language)} (${dayIn(language, last.day)})`)}
          </h3>
          <ol>
            ${values.map(line)}
          </ol>`,
    )}
  </section>`;
};
