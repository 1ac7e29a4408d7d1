import type {
  Behind,
  FigureItem,
  FigureItems,
  FigureSum,
  DayFigures,
} from '../../../billets-quotidiens/index.js';
import type { Establishment } from '../../../establishments/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { dateIn, momentIn, numberIn, signedIn, timeIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { lacking } from '../../board/warnings.js';
import { behindWarning } from '../../page/behind-warning.js';
import { pageWordsIn } from '../../page/words.js';
import { figureAddress, type FigurePlace } from '../addresses.js';
import { figureColumns, wordOf } from '../columns.js';
import { pagedList, ticketCode } from './list-pages.js';
import { dayWordsIn, definitions } from '../words.js';

/** The data of the page of a figure: the figure as known at one position, and a page of its items. */
export interface ExplainedFigure {
  place: FigurePlace;
  /** Undefined where the figure is not behind the log, or is shown as it was known earlier. */
  behind: Behind | undefined;
  /** The establishments to choose from, ordered by code. */
  establishments: readonly Establishment[];
  day: DayFigures;
  value: number;
  sum: FigureSum;
  page: FigureItems;
  /** Items on the pages before. */
  shown: number;
  next: string | undefined;
}

export const figureTitle = ({ date, figure }: FigurePlace, language: Language): string =>
  `${pageWordsIn(language)(wordOf[figure])} – ${dateIn(language, date)}`;

/** The page of a figure of a day, with the tickets and events that it counts. */
export const figureMain = (explained: ExplainedFigure, language: Language): Html => {
  const { behind, place, day, value, sum, establishments } = explained;
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const name = establishments.find(({ code }) => code === place.establishment)?.name;
  return html`<p class="above"><a href="/jours/${place.date}">← ${own('backToDay')}</a></p>
    <div class="top">
      <h1>${say(wordOf[place.figure])} <span class="date">${dateIn(language, place.date)}</span></h1>
      <p class="fresh">${name ?? own('allEstablishments')}</p>
    </div>
    ${behindWarning(behind, language)}
    ${day.incomplete !== undefined && html`<p class="warning">${lacking(day.incomplete, language)}</p>`}
    ${sum.added - sum.takenBack !== value && html`<p class="warning">${mismatch(explained, language)}</p>`}
    <section class="card sum ${place.figure}">
      <p class="equation">
        <strong data-sum="${place.figure}">${numberIn(language, value)}</strong>
        <span>${inWords(sum, language)}</span>
      </p>
      <p class="definition">${definitions[place.figure][language]}</p>
    </section>
    ${chooser(explained, language)}
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">${own('whichEvents')}</h2>
      ${sum.items === 0 ? html`<p>${own('noItems')}</p>` : itemsOf(explained, language)}
    </section>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, day.knownAt, day.timeZone)}, ${say('position')} ${day.position}.
      ${own('hours')} ${day.timeZone}.
    </p>`;
};

/** The sum in words: «= 1 108 − 3, 1 111 événements», or «1 107 événements» where nothing was taken back. */
const inWords = ({ items, added, takenBack }: FigureSum, language: Language): string => {
  const [all, plus, minus] = [items, added, takenBack].map((count) => numberIn(language, count));
  const noun = language === 'fr' ? `événement${items < 2 ? '' : 's'}` : `event${items === 1 ? '' : 's'}`;
  return `${takenBack === 0 ? '' : `= ${plus} − ${minus}, `}${all} ${noun}`;
};

const mismatch = ({ value, sum }: ExplainedFigure, language: Language): string => {
  const [figure, events] = [value, sum.added - sum.takenBack].map((count) => numberIn(language, count));
  return language === 'fr'
    ? `Le chiffre est ${figure}, et les événements ci-dessous en donnent ${events}: l’un des deux n’a pas tout compté.`
    : `The figure is ${figure}, and the events below come to ${events}: one of the two has not counted everything.`;
};

/** The form for another figure or establishment; it works without a script. */
const chooser = ({ place, establishments }: ExplainedFigure, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const option = (value: string, text: string, chosen: boolean) =>
    html`<option value="${value}" ${chosen && html`selected`}>${text}</option>`;
  return html`<form
    class="chooser"
    method="get"
    action="/jours/${place.date}/billets"
    aria-label="${own('whichTickets')}"
  >
    <label
      >${own('figure')}
      <select name="figure">
        ${figureColumns.map(([figure, word]) => option(figure, say(word), figure === place.figure))}
      </select></label
    >
    <label
      >${say('establishment')}
      <select name="establishment">
        ${option('', own('allEstablishments'), place.establishment === undefined)}
        ${establishments.map(({ code, name }) => option(code, `${code} – ${name}`, code === place.establishment))}
      </select></label
    >
    ${place.asOfPosition !== undefined && html`<input type="hidden" name="asOfPosition" value="${place.asOfPosition}" />`}
    <button class="quiet">${own('show')}</button>
  </form>`;
};

const itemsOf = ({ place, day, sum, page, shown, next }: ExplainedFigure, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const time = (at: string) =>
    timeIn(language, at as FigureItem['occurredAt'], { timeZone: day.timeZone, currentDay: place.date });
  const row = ({ ticketId, establishment, occurredAt, recordedAt, delta, undoneBy }: FigureItem) =>
    html`<tr>
      <th scope="row">${time(occurredAt)}</th>
      <td>${establishment}</td>
      <td class="ticket">${ticketCode(ticketId)}</td>
      <td><span class="delta ${delta < 0 ? 'less' : 'more'}">${signedIn(language, delta, true)}</span></td>
      <td>${time(recordedAt)}</td>
      <td class="words">${undoneBy && `${own('reopenedOn')} ${time(undoneBy.occurredAt)}`}</td>
    </tr> `;
  const list = html`<div class="scroll" role="group" tabindex="0" aria-label="${own('whichEvents')}">
    <table class="items">
      <thead>
        <tr>
          <th scope="col">${own('occurred')}</th>
          <th scope="col">${say('establishment')}</th>
          <th scope="col">${own('ticket')}</th>
          <th scope="col">${own('counts')}</th>
          <th scope="col">${own('recorded')}</th>
          <th scope="col">${own('undone')}</th>
        </tr>
      </thead>
      <tbody>
        ${page.items.map(row)}
      </tbody>
    </table>
  </div>`;
  const pages = { shown, here: page.items.length, all: sum.items, first: figureAddress(place), next };
  return pagedList(list, pages, language);
};
