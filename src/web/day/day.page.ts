import type { DayFigures } from '../../billets-quotidiens/queries/read-daily-figures.js';
import { html, type Html } from '../../platform/http/html.js';
import { capitalized, dateIn, dayIn, momentIn, numberIn } from '../../platform/printed/printed.js';
import type { Language } from '../../shared/text.js';
import { figuresTable, type Column } from '../page/figures-table.js';
import { dayBefore } from '../board/read-board.js';
import { lacking } from '../board/warnings.js';
import { wordsIn } from '../page/words.js';

const columns: readonly Column[] = [
  ['opened', 'opened'],
  ['resolved', 'resolved'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['reopened', 'reopened'],
  ['cancelled', 'cancelled'],
  ['merged', 'merged'],
  ['transferredIn', 'transferredIn'],
  ['transferredOut', 'transferredOut'],
  ['backlog', 'backlogAtMidnight'],
];
const tiles = columns.filter(([figure]) =>
  ['opened', 'resolved', 'resolvedSameDay', 'backlog'].includes(figure),
);

/** What the page of a day shows: its figures, and the ways to the days beside it. */
export const dayMain = (figures: DayFigures, language: Language): Html => {
  const say = wordsIn(language);
  const { date, total, status, revision, incomplete, knownAt, position, timeZone } = figures;
  const state = say(status === 'in-progress' ? 'in-progress' : status);
  return html`<div class="top">
      <h1>${capitalized(dateIn(language, date))}</h1>
      <p class="fresh">${state}${revision > 0 && `, ${say('revision')} ${revision}`}</p>
    </div>
    ${incomplete !== undefined && html`<p class="warning">${lacking(incomplete, language)}</p>`}
    <nav class="days" aria-label="${say('otherDays')}">
      ${dayLink(dayBefore(date), 'prev', language)} ${dayLink(dayBefore(date, -1), 'next', language)}
    </nav>
    <section aria-labelledby="figures-title">
      <h2 id="figures-title" class="unseen">${say('keyFigures')}</h2>
      <dl class="tiles">
        ${tiles.map(
          ([figure, word]) =>
            html`<div class="tile ${figure}">
              <dt>${say(word)}</dt>
              <dd><strong>${numberIn(language, total[figure])}</strong></dd>
            </div>`,
        )}
      </dl>
    </section>
    <section class="card" aria-labelledby="table-title">
      <h2 id="table-title">${say('byEstablishment')}</h2>
      ${figuresTable(figures, columns, language)}
      <p><a href="/v1/billets-quotidiens/${date}">${say('download')} (JSON)</a></p>
    </section>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, knownAt, timeZone)} (${timeZone}), ${say('position')} ${position}
    </p>`;
};

const dayLink = (date: string, rel: 'prev' | 'next', language: Language): Html => {
  const word = wordsIn(language)(rel === 'prev' ? 'previousDay' : 'nextDay');
  const [before, after] = rel === 'prev' ? ['← ', ''] : ['', ' →'];
  return html`<a class="button quiet" rel="${rel}" href="/jours/${date}"
    >${before}${word}<span class="date"> ${dayIn(language, date)}</span>${after}</a
  >`;
};
