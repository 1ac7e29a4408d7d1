import {
  figureNames,
  type FigureChange,
  type Figures,
  type KnownFigures,
} from '../../bulletins/bulletin.events.js';
import { figureLabels } from '../../bulletins/rendering/words.js';
import { html, type Html } from '../../platform/http/html.js';
import { numberIn, signedIn } from '../../platform/printed/printed.js';
import type { Language } from '../../shared/text.js';
import { bulletinWordsIn } from './bulletin-words.js';
import { figureLink } from './figure-link.js';

interface Difference {
  /** Of which establishment; undefined: in total. */
  establishment: string | undefined;
  figure: keyof Figures;
  from: number;
  to: number;
}

/** What differs in total, and at each establishment: each figure leads to the tickets behind it. */
export const differencesTable = (
  day: string,
  before: KnownFigures,
  after: KnownFigures,
  changes: readonly FigureChange[],
  language: Language,
): Html => {
  const say = bulletinWordsIn(language);
  const inTotal: Difference[] = figureNames
    .map((figure) => ({
      establishment: undefined,
      figure,
      from: before.total[figure],
      to: after.total[figure],
    }))
    .filter(({ from, to }) => from !== to);
  const row = ({ establishment, figure, from, to }: Difference): Html =>
    html`<tr class="${establishment === undefined ? 'total' : 'part'}">
      <th scope="row">
        ${figureLink(day, figure, establishment, figureLabels[figure][language])}
        <span class="long">${establishment ?? say('inTotal')}</span>
      </th>
      <td>${numberIn(language, from)}</td>
      <td>${numberIn(language, to)}</td>
      <td><strong>${signedIn(language, to - from, true)}</strong></td>
    </tr>`;
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('difference')}">
    <table class="differences">
      <thead>
        <tr>
          <th scope="col">${say('figure')}</th>
          <th scope="col">${say('publishedFigure')}</th>
          <th scope="col">${say('now')}</th>
          <th scope="col">${say('difference')}</th>
        </tr>
      </thead>
      <tbody>
        ${inTotal.map(row)} ${changes.map(row)}
      </tbody>
    </table>
  </div>`;
};
