import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn } from '../page/words.js';
import { ageingTitle } from './ageing.js';
import { liveBoard, regionIn, sharedRegions, tilesOf, type Regions } from './board-parts.js';
import { categoriesOnWall, establishmentRows, wallFiguresOf } from './breakdowns.js';
import { chartLegend, chartOf } from './charts/chart.js';
import type { Board } from './read-board.js';
import { barsOnWall } from './charts/wall-bars.js';

/** As many establishments as are read from across a room; more of them take turns. */
const maxPerPage = 8;
/** What the charts of establishments fill, in pixels of a screen of 1920×1080. */
const chartSize = { width: 900, height: 650 };
/** The fewer they are, the larger they are written. */
const fontFor = (rows: number): number => (rows > 4 ? 27 : 34);

export const wallRegions = (board: Board, language: Language): Regions => ({
  ...sharedRegions(board, language),
  figures: tilesOf(board, language, (_figure, count) => html`${count}`).text,
  chart: html`${chartLegend(language)}
    <div class="chart">${chartOf(board.days, { language, size: 'wall', isLinked: false })}</div>`.text,
  establishments: establishmentsOf(board, language).text,
  categories: categoriesOnWall(board, language).text,
});

/** The board for a screen on a wall: all of it in sight, whatever the size of the screen, and nothing to touch. */
export const wallMain = (board: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const region = regionIn(wallRegions(board, language));
  // The right half takes turns: the last days with the ages, and the categories.
  const card = (name: string, title: string, page?: number) =>
    html`<section
      class="card ${name}"
      aria-labelledby="${name}-title"
      ${page !== undefined && html`data-turns="right" data-page="${page}"`}
      ${page !== undefined && page > 1 && html`hidden`}
    >
      <h2 id="${name}-title">${title}</h2>
      ${region(name)}
    </section>`;
  const content = html`${region('figures')}
    <div class="wall-parts">
      ${card('establishments', say('byEstablishment'))} ${card('chart', say('lastDays'), 1)}
      ${card('ageing', ageingTitle(language), 1)} ${card('categories', say('byCategory'), 2)}
    </div>
    ${region('known')}`;
  return liveBoard(board, { language, layout: 'wall', region, content });
};

/** The establishments in pages of which the script shows one after the other; the first is shown without it. */
const establishmentsOf = (board: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const rows = establishmentRows(board, language);
  if (rows.length === 0) return html`<p>${say('nothingCounted')}</p>`;
  const count = Math.ceil(rows.length / maxPerPage);
  const perPage = Math.ceil(rows.length / count);
  const pages = Array.from({ length: count }, (_, page) => rows.slice(page * perPage, (page + 1) * perPage));
  const size = { ...chartSize, font: fontFor(perPage) };
  const label = say('byEstablishment');
  return html`${pages.map(
    (shown, page) =>
      html`<div class="chart" data-turns="establishments" data-page="${page + 1}" ${page > 0 && html`hidden`}>
        ${barsOnWall(shown, { ...size, language, figures: wallFiguresOf(board), label })}
      </div>`,
  )}
  ${pages.length > 1 && html`<p class="hint" data-pages="${pages.length}">${say('wallPage')} <span data-shown="establishments">1</span> / ${pages.length}</p>`}`;
};
