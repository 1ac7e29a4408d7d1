import type { DayFigures } from '../../billets-quotidiens/index.js';
import { numberIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text.js';
import { pageWordsIn } from '../page/words.js';
import { ageingTitle } from './ageing.js';
import { keyFigures, liveBoard, regionIn, sharedRegions, tilesOf, type Regions } from './board-parts.js';
import { chartLegend, chartOf } from './chart.js';
import type { Board } from './read-board.js';

/** As many establishments as are read from across a room; more of them take turns. */
const perPage = 8;

export const wallRegions = (board: Board, language: Language): Regions => ({
  ...sharedRegions(board, language),
  figures: tilesOf(board, language, (_figure, count) => html`${count}`).text,
  chart: html`${chartLegend(language)}
    <div class="chart">${chartOf(board.days, { language, size: 'wall', isLinked: false })}</div>`.text,
  establishments: establishmentsOf(board.shown, language).text,
});

/** The board for a screen on a wall: all of it in sight, whatever the size of the screen, and nothing to touch. */
export const wallMain = (board: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const region = regionIn(wallRegions(board, language));
  const card = (name: string, title: string) =>
    html`<section class="card ${name}" aria-labelledby="${name}-title">
      <h2 id="${name}-title">${title}</h2>
      ${region(name)}
    </section>`;
  const content = html`${region('figures')}
    <div class="wall-parts">
      ${card('establishments', say('byEstablishment'))} ${card('chart', say('lastDays'))}
      ${card('ageing', ageingTitle(language))}
    </div>
    ${region('known')}`;
  return liveBoard(board, { language, layout: 'wall', region, content });
};

/** The establishments in pages of which the script shows one after the other; the first is shown without it. */
const establishmentsOf = ({ establishments, total }: DayFigures, language: Language): Html => {
  const say = pageWordsIn(language);
  const cells = (figures: DayFigures['total']) =>
    keyFigures.map(([figure]) => html`<td>${numberIn(language, figures[figure])}</td>`);
  const pages = Array.from({ length: Math.ceil(establishments.length / perPage) }, (_, page) =>
    establishments.slice(page * perPage, (page + 1) * perPage),
  );
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${say('establishment')}</th>
        ${keyFigures.map(([, word]) => html`<th scope="col">${say(word)}</th>`)}
      </tr>
    </thead>
    ${pages.map(
      (rows, page) =>
        html`<tbody data-page="${page + 1}" ${page > 0 && html`hidden`}>
          ${rows.map(
            ({ code, name, ...figures }) =>
              html`<tr>
                <th scope="row"><abbr title="${name}">${code}</abbr> <span class="long">${name}</span></th>
                ${cells(figures)}
              </tr>`,
          )}
        </tbody>`,
    )}
    <tfoot>
      <tr>
        <th scope="row">
          ${say('total')}
          ${pages.length > 1 && html`<span class="hint" data-pages="${pages.length}">${say('wallPage')} <span data-shown>1</span> / ${pages.length}</span>`}
        </th>
        ${cells(total)}
      </tr>
    </tfoot>
  </table>`;
};
