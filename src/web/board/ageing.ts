import { type Ageing, type AgeingCell, ages, type Age } from '../../billets-quotidiens/index.js';
import { html, type Html } from '../../platform/http/html.js';
import { numberIn } from '../../calendar/formatting.js';
import { speaking, type Language, type Text } from '../../shared/text/text.js';
import { labelOf, priorityLabels } from '../../shared/vocabulary.js';
import { pageWordsIn } from '../page/words.js';

const sayAge = speaking({
  lt1d: { fr: 'moins de 1 jour', en: 'under 1 day' },
  d1to3: { fr: 'de 1 à 3 jours', en: '1 to 3 days' },
  d3to7: { fr: 'de 3 à 7 jours', en: '3 to 7 days' },
  gt7d: { fr: 'plus de 7 jours', en: 'over 7 days' },
} satisfies Record<Age, Text>);
const sayOwn = speaking({
  age: { fr: 'Ouverts depuis', en: 'Open for' },
  noneActive: { fr: 'Aucun billet n’est actif.', en: 'No ticket is active.' },
  ageing: { fr: 'Actifs maintenant, par âge et priorité', en: 'Active now, by age and priority' },
});

const sumOf = (cells: readonly AgeingCell[]): number => cells.reduce((sum, { tickets }) => sum + tickets, 0);

export const ageingTitle = (language: Language): string => sayOwn(language)('ageing');

/** The tickets active now as a table of age by priority, with a bar for each age's share of all. */
export const ageingTable = ({ cells: active }: Ageing, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = sayOwn(language);
  if (active.length === 0) return html`<p>${own('noneActive')}</p>`;
  const priorities = [...new Set(active.map(({ priority }) => priority))].sort();
  const priorityName = (code: string) => labelOf(priorityLabels, code, language);
  const all = sumOf(active);
  const counts = (cells: readonly AgeingCell[]) =>
    [...priorities.map((priority) => cells.filter((cell) => cell.priority === priority)), cells].map(
      (group) => html`<td>${numberIn(language, sumOf(group))}</td>`,
    );
  const rows = ages.map((age) => {
    const cells = active.filter((cell) => cell.age === age);
    return html`<tr class="${age}">
      <th scope="row">${sayAge(language)(age)}</th>
      ${counts(cells)}
      <td class="share" aria-hidden="true">
        <span style="width: ${Math.round((100 * sumOf(cells)) / all)}%"></span>
      </td>
    </tr>`;
  });
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${own('ageing')}">
    <table class="ageing">
      <thead>
        <tr>
          <th scope="col">${own('age')}</th>
          ${priorities.map((priority) => html`<th scope="col"><abbr title="${priorityName(priority)}">${priority}</abbr></th>`)}
          <th scope="col">${say('total')}</th>
          <td aria-hidden="true"></td>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${say('total')}</th>
          ${counts(active)}
          <td aria-hidden="true"></td>
        </tr>
      </tfoot>
    </table>
  </div>`;
};
