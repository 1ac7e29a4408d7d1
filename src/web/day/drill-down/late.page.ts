import type { Behind, DayFigures, LateItem, LateItems } from '../../../billets-quotidiens/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { dateIn, momentIn, numberIn, signedIn, timeIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { behindWarning } from '../../page/behind-warning.js';
import { pageWordsIn } from '../../page/words.js';
import { lateAddress } from '../addresses.js';
import { wordOf } from '../columns.js';
import { pagedList, ticketCode } from './list-pages.js';
import { dayWordsIn } from '../words.js';

/** The data of the page of a day's late events: a page of them, as known at one position. */
export interface ShownLateEvents {
  /** Undefined where the late events are not behind the log. */
  behind: Behind | undefined;
  day: Pick<DayFigures, 'date' | 'timeZone' | 'knownAt' | 'position'>;
  page: LateItems;
  /** Items on the pages before. */
  shown: number;
  next: string | undefined;
}

export const lateTitle = (date: string, language: Language): string =>
  `${dayWordsIn(language)('late')} – ${dateIn(language, date)}`;

/** A sentence with how many events came after the day was over, and after its publication if it was published. */
export const lateInWords = (
  { afterClose, afterPublication }: { afterClose: number; afterPublication?: number | undefined },
  language: Language,
): string => {
  const [events, published] = [afterClose, afterPublication ?? 0].map((count) => numberIn(language, count));
  if (language === 'fr') {
    const came = afterClose < 2 ? 'événement est arrivé' : 'événements sont arrivés';
    const after = afterPublication === undefined ? '' : `, et ${published} après la publication`;
    return `${events} ${came} après la fin de la journée${after}.`;
  }
  const after = afterPublication === undefined ? '' : `, and ${published} after publication`;
  return `${events} ${afterClose === 1 ? 'event' : 'events'} came after the day was over${after}.`;
};

/** The page of the late events, each with what it changed. */
export const lateMain = ({ behind, day, page, shown, next }: ShownLateEvents, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const { date, timeZone, knownAt, position } = day;
  return html`<p class="above"><a href="/jours/${date}">← ${own('backToDay')}</a></p>
    <div class="top">
      <h1>${own('late')} <span class="date">${dateIn(language, date)}</span></h1>
    </div>
    ${behindWarning(behind, language)}
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">${own('events')}</h2>
      ${page.items.length === 0 ? html`<p>${own(behind ? 'unknown' : 'noneLate')}</p>` : listOf({ behind, day, page, shown, next }, language)}
    </section>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, knownAt, timeZone)}, ${say('position')} ${position}.
      ${own('hours')} ${timeZone}.
    </p>`;
};

const listOf = ({ day, page, shown, next }: ShownLateEvents, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const { date, timeZone } = day;
  const time = (at: LateItem['occurredAt']) => timeIn(language, at, { timeZone, currentDay: date });
  const change = ({ establishment, figure, delta }: LateItem['changes'][number]) =>
    html`<li>
      ${establishment}: ${say(wordOf[figure])}
      <span class="delta ${delta < 0 ? 'less' : 'more'}">${signedIn(language, delta, true)}</span>
    </li>`;
  const row = ({ ticketId, occurredAt, recordedAt, afterPublication, changes }: LateItem) =>
    html`<tr>
      <th scope="row">${time(occurredAt)}</th>
      <td>
        ${time(recordedAt)} ${afterPublication && html`<span class="badge">${own('afterPublication')}</span>`}
      </td>
      <td class="ticket">${ticketCode(ticketId)}</td>
      <td class="words">
        <ul>
          ${changes.map(change)}
        </ul>
      </td>
    </tr> `;
  const list = html`<div class="scroll" role="group" tabindex="0" aria-label="${own('events')}">
    <table class="items">
      <thead>
        <tr>
          <th scope="col">${own('occurred')}</th>
          <th scope="col">${own('recorded')}</th>
          <th scope="col">${own('ticket')}</th>
          <th scope="col">${own('changes')}</th>
        </tr>
      </thead>
      <tbody>
        ${page.items.map(row)}
      </tbody>
    </table>
  </div>`;
  const pages = { shown, here: page.items.length, all: page.counts.all, first: lateAddress(date), next };
  return html`<p>${lateInWords(page.counts, language)}</p>
    ${pagedList(list, pages, language)}`;
};
