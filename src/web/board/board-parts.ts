import { dateIn, momentIn, numberIn, signedIn } from '../../calendar/formatting.js';
import { html, Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import type { Figure } from '../day/columns.js';
import type { FigureColumn } from '../page/figures-table.js';
import { liveWords, pageWordsIn, type PageWord } from '../page/words.js';
import { ageingTable } from './ageing.js';
import type { Board } from './read-board.js';
import { isUpToDate, warningsOf } from './warnings.js';

export const keyFigures = [
  ['opened', 'opened'],
  ['resolved', 'resolved'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['backlog', 'backlog'],
] as const satisfies readonly FigureColumn[];

/** How the board is laid out: for a desk, or for a screen on a wall, which nobody touches. */
export type BoardLayout = 'desk' | 'wall';

/** The parts of the board that change, as HTML, by the name under which the page's script finds them. */
export type Regions = Readonly<Record<string, string>>;

/** The parts that all layouts show alike. */
export const sharedRegions = (board: Board, language: Language): Regions => ({
  title: titleOf(board, language).text,
  warnings: warningsOf(board, language)
    .map((warning) => html`<p class="warning">${warning}</p>`.text)
    .join(''),
  ageing: ageingTable(board.ageing, language).text,
  known: knownOf(board, language).text,
});

/** The key figures in a sentence, for screen readers. */
export const summaryOf = ({ shown: { total } }: Board, language: Language): string => {
  const say = pageWordsIn(language);
  return keyFigures.map(([figure, word]) => `${say(word)} ${numberIn(language, total[figure])}`).join(', ');
};

export const regionIn =
  (regions: Regions) =>
  (name: string): Html =>
    html`<div data-region="${name}">${new Html(regions[name] ?? '')}</div>`;

/** What every board has around its content: its title, how fresh it is, and what is said when it is not. */
export const liveBoard = (
  board: Board,
  {
    language,
    layout,
    region,
    content,
  }: { language: Language; layout: BoardLayout; region: (name: string) => Html; content: Html },
): Html =>
  html`<div
    id="board"
    class="${layout}"
    data-language="${language}"
    data-layout="${layout}"
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
      <span id="lost-text"></span>
      <a id="sign-in-again" href="/sign-in" hidden>${pageWordsIn(language)('signIn')}</a>
    </p>
    <noscript><p class="warning">${pageWordsIn(language)('withoutScript')}</p></noscript>
    ${layout === 'desk' && region('tasks')} ${region('warnings')}
    <p id="announced" class="unseen" role="status" aria-live="polite"></p>
    ${content}
  </div>`;

/** Today; or the last day with tickets, and that today has none. */
const titleOf = ({ today, shown }: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const date = html`<span class="date">${dateIn(language, shown.date)}</span>`;
  if (shown === today) return html`<h1>${say('today')} ${date}</h1>`;
  return html`<h1>${say('lastDayWithTickets')} ${date}</h1>
    <p class="hint">${say('noneToday')} ${dateIn(language, today.date)}.</p>`;
};

/** How a figure is shown: as a link to its tickets, or as it is. */
export type CountLink = (figure: Figure, count: string) => Html;

const comparedWith = {
  'same-hour': 'sameHour',
  'whole-yesterday': 'wholeYesterday',
  'whole-day-before': 'wholeDayBefore',
} as const satisfies Record<Board['before']['upTo'], PageWord>;

/** The key figures, each with the one it is compared with and the difference. */
export const tilesOf = ({ today, shown, before }: Board, language: Language, linked: CountLink): Html => {
  const say = pageWordsIn(language);
  const { upTo } = before;
  const tiles = keyFigures.map(([figure, word]) => {
    const [count, earlier] = [shown.total[figure], before.total[figure]];
    const text = numberIn(language, count);
    const change = `(${count === earlier ? '=' : signedIn(language, count - earlier, true)})`;
    const isAtMidnight = figure === 'backlog' && upTo !== 'same-hour';
    return html`<div class="tile ${figure}" style="--letters: ${text.length}; --change: ${change.length}">
      <dt>${say(figure === 'backlog' && shown !== today ? 'backlogAtMidnight' : word)}</dt>
      <dd>
        <strong data-figure="${figure}">${count === 0 ? text : linked(figure, text)}</strong>
        <span class="before"
          ><span
            >${numberIn(language, earlier)}
            ${say(isAtMidnight && upTo === 'whole-yesterday' ? 'backlogAtMidnight' : comparedWith[upTo]).toLowerCase()}</span
          >
          <b>${change}</b></span
        >
      </dd>
    </div>`;
  });
  return html`<dl class="tiles">${tiles}</dl>`;
};

const knownOf = ({ today: { knownAt, position, timeZone } }: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  return html`<p class="hint">
    ${say('knownAt')} ${momentIn(language, knownAt, timeZone)} (${timeZone}), ${say('position')} ${position}
  </p>`;
};
