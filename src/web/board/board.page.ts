import { capitalized, weekdayIn, numberIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { figureAddress } from '../day/addresses.js';
import { dayForm } from '../day/day-form.js';
import { downloads } from '../page/downloads.js';
import { figuresTable } from '../page/figures-table.js';
import { pageWordsIn } from '../page/words.js';
import type { Task } from '../tasks/task.js';
import { taskList } from '../tasks/task-list.js';
import { ageingTitle } from './ageing.js';
import {
  keyFigures,
  liveBoard,
  regionIn,
  sharedRegions,
  tilesOf,
  type CountLink,
  type Regions,
} from './board-parts.js';
import { categoryBars, establishmentBars } from './breakdowns.js';
import { forecastTable, forecastTitle } from './forecast/forecast-table.js';
import { chartFigures, chartLegend, chartOf } from './charts/chart.js';
import type { Board } from './read-board.js';

/** The tasks are those of the board's reader. */
export const deskRegions = (board: Board, language: Language, tasks: readonly Task[]): Regions => ({
  ...sharedRegions(board, language),
  tasks: html`${taskList(tasks, language)}`.text,
  figures: tilesOf(board, language, linkedCount(board.shown.date)).text,
  chart: chartSection(board, language).text,
  categories: categoryBars(board, language).text,
  establishments:
    html`${establishmentBars(board, language)}`.text +
    figuresTable(board.shown, {
      columns: keyFigures,
      language,
      linked: (figure, establishment) => figureAddress({ date: board.shown.date, figure, establishment }),
    }).text,
  downloads: downloadsOf(board, language).text,
  forecast: forecastTable(board.forecast, language).text,
});

/** The board as its page first shows it; the page's script then keeps its regions up to date. */
export const boardMain = (board: Board, language: Language, tasks: readonly Task[]): Html => {
  const say = pageWordsIn(language);
  const region = regionIn(deskRegions(board, language, tasks));
  const content = html` <section aria-labelledby="figures-title">
      <h2 id="figures-title" class="unseen">${say('keyFigures')}</h2>
      ${region('figures')}
    </section>
    <div class="columns">
      <section class="card" aria-labelledby="chart-title">
        <h2 id="chart-title">${say('lastDays')}</h2>
        ${region('chart')} ${region('downloads')} ${dayForm(board.shown.date, board.today.date, language)}
      </section>
      <div>
        <section class="card" aria-labelledby="ageing-title">
          <h2 id="ageing-title">${ageingTitle(language)}</h2>
          ${region('ageing')}
        </section>
        <section class="card" aria-labelledby="forecast-title">
          <h2 id="forecast-title">${forecastTitle(language)}</h2>
          ${region('forecast')}
        </section>
      </div>
    </div>
    <section class="card" aria-labelledby="categories-title">
      <h2 id="categories-title">${say('byCategory')}</h2>
      ${region('categories')}
    </section>
    <section class="card" aria-labelledby="establishments-title">
      <h2 id="establishments-title">${say('byEstablishment')}</h2>
      ${region('establishments')}
    </section>
    ${region('known')}`;
  return liveBoard(board, { language, layout: 'desk', region, content });
};

const linkedCount =
  (date: string): CountLink =>
  (figure, count) =>
    html`<a href="${figureAddress({ date, figure })}">${count}</a>`;

/** Downloads of the figures of the chart's days. */
const downloadsOf = ({ days, shown: { date } }: Board, language: Language): Html => {
  const from = days[0]?.date ?? date;
  const address = `/v1/billets-quotidiens?from=${from}&to=${date}`;
  return downloads(address, `billets-quotidiens-${from}_${date}`, language);
};

/** The chart and its numbers. */
const chartSection = ({ days }: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const rows = days.map(
    ({ date, total }) =>
      html`<tr>
        <th scope="row"><a href="/jours/${date}">${capitalized(weekdayIn(language, date))}</a></th>
        ${chartFigures.map(([figure]) => html`<td>${numberIn(language, total[figure])}</td>`)}
      </tr>`,
  );
  const drawn = (size: 'wide' | 'narrow') =>
    html`<div class="chart ${size}">${chartOf(days, { language, size, isLinked: true })}</div>`;
  return html`${chartLegend(language)} ${drawn('wide')} ${drawn('narrow')}
    <details>
      <summary>${say('chartInNumbers')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${say('day')}</th>
            ${chartFigures.map(([, word]) => html`<th scope="col">${say(word)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </details>`;
};
