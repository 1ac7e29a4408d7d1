import { type WrittenBulletin, type WrittenReleve, releveName } from '../../../../bulletins/index.js';
import { html, type Html } from '../../../../platform/http/html.js';
import { dayIn, momentIn, numberIn, quantityIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text/text.js';
import { bulletinWordsIn } from '../../bulletin-words.js';

/** What may be corrected in a relevé, in the order of the form. */
const correctable = ['label', 'value', 'total', 'unit', 'target', 'targetNote', 'source'] as const;
type Correctable = (typeof correctable)[number];

/** A relevé that was written again otherwise. */
interface Correction {
  before: WrittenReleve;
  after: WrittenReleve;
  changed: readonly Correctable[];
}

/** The relevés that were corrected: for each time what changed, and from what. */
export const releveHistory = (
  { writtenReleves }: Pick<WrittenBulletin, 'writtenReleves'>,
  timeZone: string,
  language: Language,
): Html => {
  const say = bulletinWordsIn(language);
  const corrected = [...byReleve(writtenReleves).values()]
    .map(correctionsOf)
    .filter(({ length }) => length > 0);
  if (corrected.length === 0) return html``;
  const line = ({ before, after, changed }: Correction): Html =>
    html`<li>
      ${changed.map((field, index) => html`${index > 0 && '; '}${changeOf(field, { before, after, language })}`)},
      <span class="hint"
        >${momentIn(language, after.writtenAt, timeZone)}, ${say('by')} ${after.writtenBy}</span
      >
    </li>`;
  return html`<section class="card" aria-labelledby="history-title">
    <h2 id="history-title">${say('releveHistory')}</h2>
    ${corrected.map(
      (corrections) =>
        html`<h3>
            ${corrections
              .slice(-1)
              .map(({ after }) => `${releveName(after, language)} (${dayIn(language, after.day)})`)}
          </h3>
          <ol>
            ${corrections.map(line)}
          </ol>`,
    )}
  </section>`;
};

/** The values of each relevé in the order in which they were written. */
const byReleve = (written: readonly WrittenReleve[]): Map<string, WrittenReleve[]> => {
  const found = new Map<string, WrittenReleve[]>();
  for (const releve of written) {
    const key = `${releve.day} ${releve.code}`;
    found.set(key, [...(found.get(key) ?? []), releve]);
  }
  return found;
};

/** What was taken out and written again as it was is no correction. */
const correctionsOf = (values: readonly WrittenReleve[]): Correction[] =>
  values.slice(1).flatMap((after, index) => {
    const before = values[index] ?? after;
    const changed = correctable.filter((field) => before[field] !== after[field]);
    return changed.length === 0 ? [] : [{ before, after, changed }];
  });

/** «Valeur: 23 500 au lieu de 23 431». */
const changeOf = (
  field: Correctable,
  { before, after, language }: Pick<Correction, 'before' | 'after'> & { language: Language },
): Html => {
  const say = bulletinWordsIn(language);
  return html`${say(field)}: <strong>${shownOf(field, after, language)}</strong> ${say('insteadOf')}
    ${shownOf(field, before, language)}`;
};

const shownOf = (field: Correctable, releve: WrittenReleve, language: Language): string => {
  const value = releve[field];
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  return field === 'value' ? quantityIn(language, value, releve.unit) : numberIn(language, value);
};
