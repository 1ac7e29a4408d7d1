import { differencesBetween, type ContentDifference, type KnownFigures } from '../../../bulletins/index.js';
import { figureLabels } from '../../../shared/vocabulary.js';
import { html, type Html } from '../../../platform/http/html.js';
import { numberIn, signedIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import { figureLink } from './figure-link.js';

/** The figures that differ, in total and at each establishment; each links to the tickets that it counts. */
export const differencesTable = (
  day: string,
  { before, after, language }: { before: KnownFigures; after: KnownFigures; language: Language },
): Html => {
  const say = bulletinWordsIn(language);
  const row = ({ establishment, figure, from, to }: ContentDifference): Html =>
    html`<tr class="${establishment === undefined ? 'total' : 'part'}">
      <th scope="row">
        ${figureLink({ date: day, figure, establishment, text: figureLabels[figure][language] })}
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
        ${differencesBetween(before, after).map(row)}
      </tbody>
    </table>
  </div>`;
};
