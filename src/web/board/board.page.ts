import { html, Html } from '../../platform/http/html.js';
import { capitalized, dateIn, momentIn, numberIn, weekdayIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text.js';
import type { DayFigures } from '../../billets-quotidiens/index.js';
import { figureAddress } from '../day/addresses.js';
import type { Figure } from '../day/columns.js';
import { dayForm } from '../day/day-form.js';
import { downloads } from '../page/downloads.js';
import type { Task } from '../tasks/task.js';
import { taskList } from '../tasks/task-list.js';
import { ageingTable, ageingTitle } from './ageing.js';
import { figuresTable, type Column } from '../page/figures-table.js';
import type { Board } from './read-board.js';
import { isUpToDate, warningsOf } from './warnings.js';
import { liveWords, pageWordsIn } from '../page/words.js';

const keyFigures = [
  ['opened', 'opened'],
  ['resolved', 'resolved'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['backlog', 'backlog'],
] as const satisfies readonly Column[];

/** The parts of the board that change, as HTML, by the name under which the page's script finds them. */
export type Regions = Record<
  'title' | 'tasks' | 'warnings' | 'figures' | 'chart' | 'establishments' | 'ageing' | 'downloads' | 'known',
  string
>;

export const regionsOf = async (
  board: Board,
  tasks: readonly Task[],
  language: Language,
): Promise<Regions> => ({
  title: titleOf(board, language).text,
  tasks: html`${taskList(tasks, language)}`.text,
  warnings: warningsOf(board, language)
    .map((warning) => html`<p class="warning">${warning}</p>`.text)
    .join(''),
  figures: tilesOf(board, language).text,
  chart: (await chartSection(board, language)).text,
  establishments: figuresTable(board.today, {
    columns: keyFigures,
    language,
    linked: (figure, establishment) => figureAddress({ date: board.today.date, figure, establishment }),
  }).text,
  ageing: ageingTable(board.ageing, language).text,
  downloads: downloadsOf(board, language).text,
  known: knownOf(board, language).text,
});

/** The key figures in a sentence, for screen readers. */
export const summaryOf = ({ today: { total } }: Board, language: Language): string => {
  const say = pageWordsIn(language);
  return keyFigures.map(([figure, word]) => `${say(word)} ${numberIn(language, total[figure])}`).join(', ');
};

/** The board as its page first shows it, with the tasks of its reader; the page's script then keeps its regions up to date. */
export const boardMain = async (board: Board, tasks: readonly Task[], language: Language): Promise<Html> => {
  const say = pageWordsIn(language);
  const regions = await regionsOf(board, tasks, language);
  const region = (name: keyof Regions) => html`<div data-region="${name}">${new Html(regions[name])}</div>`;
  return html`<div
    id="board"
    data-language="${language}"
    data-words="${JSON.stringify(liveWords[language])}"
    data-up-to-date="${String(isUpToDate(board))}"
  >
    <div class="top">
      ${region('title')}
      <p id="freshness" class="fresh" ${!isUpToDate(board) && html`hidden`}>
        <span class="dot"></span><span id="fresh">${liveWords[language].fresh?.replace('{age}', '0 s')}</span>
      </p>
    </div>
    <p id="lost" class="warning" hidden>
      <span id="lost-text"></span> <a id="sign-in-again" href="/sign-in" hidden>${say('signIn')}</a>
    </p>
    <noscript><p class="warning">${say('withoutScript')}</p></noscript>
    ${region('tasks')} ${region('warnings')}
    <p id="announced" class="unseen" role="status" aria-live="polite"></p>
    <section aria-labelledby="figures-title">
      <h2 id="figures-title" class="unseen">${say('keyFigures')}</h2>
      ${region('figures')}
    </section>
    <div class="columns">
      <section class="card" aria-labelledby="chart-title">
        <h2 id="chart-title">${say('lastDays')}</h2>
        ${region('chart')} ${region('downloads')} ${dayForm(board.today.date, board.today.date, language)}
      </section>
      <section class="card" aria-labelledby="ageing-title">
        <h2 id="ageing-title">${ageingTitle(language)}</h2>
        ${region('ageing')}
      </section>
    </div>
    <section class="card" aria-labelledby="establishments-title">
      <h2 id="establishments-title">${say('byEstablishment')}</h2>
      ${region('establishments')}
    </section>
    ${region('known')}
  </div>`;
};

const titleOf = ({ today }: Board, language: Language): Html =>
  html`<h1>${pageWordsIn(language)('today')} <span class="date">${dateIn(language, today.date)}</span></h1>`;

const tilesOf = ({ today, yesterday }: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const tiles = keyFigures.map(
    ([figure, word]) =>
      html`<div class="tile ${figure}">
        <dt>${say(word)}</dt>
        <dd>
          <strong data-figure="${figure}">${linkedCount(today, figure, language)}</strong>
          <span class="before"
            >${numberIn(language, yesterday.total[figure])}
            ${say(figure === 'backlog' ? 'backlogAtMidnight' : 'wholeYesterday').toLowerCase()}</span
          >
        </dd>
      </div>`,
  );
  return html`<dl class="tiles">${tiles}</dl>`;
};

const linkedCount = ({ date, total }: DayFigures, figure: Figure, language: Language): Html => {
  const count = numberIn(language, total[figure]);
  return total[figure] === 0
    ? html`${count}`
    : html`<a href="${figureAddress({ date, figure })}">${count}</a>`;
};

/** Downloads of the figures of the chart's days. */
const downloadsOf = ({ days, today }: Board, language: Language): Html => {
  const from = days[0]?.date ?? today.date;
  const address = `/v1/billets-quotidiens?from=${from}&to=${today.date}`;
  return downloads(address, `billets-quotidiens-${from}_${today.date}`, language);
};

/** The chart and its numbers. The chart library takes 0.3 s to load, so it is loaded on first use and not at the start. */
const chartSection = async ({ days }: Board, language: Language): Promise<Html> => {
  const { chartOf } = await import('./chart.js');
  const say = pageWordsIn(language);
  const rows = days.map(
    ({ date, total }) =>
      html`<tr>
        <th scope="row"><a href="/jours/${date}">${capitalized(weekdayIn(language, date))}</a></th>
        ${(['opened', 'resolved', 'backlog'] as const).map((figure) => html`<td>${numberIn(language, total[figure])}</td>`)}
      </tr>`,
  );
  return html`<div class="chart wide">${chartOf(days, language, 'wide')}</div>
    <div class="chart narrow">${chartOf(days, language, 'narrow')}</div>
    <details>
      <summary>${say('chartInNumbers')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${say('day')}</th>
            <th scope="col">${say('opened')}</th>
            <th scope="col">${say('resolved')}</th>
            <th scope="col">${say('backlogAtMidnight')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </details>`;
};

const knownOf = ({ today: { knownAt, position, timeZone } }: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  return html`<p class="hint">
    ${say('knownAt')} ${momentIn(language, knownAt, timeZone)} (${timeZone}), ${say('position')} ${position}
  </p>`;
};
