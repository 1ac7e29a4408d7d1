import type { listItem } from '../../../bulletins/index.js';
import type { Day } from '../../../calendar/local-days.js';
import { isAllowed } from '../../../access/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { capitalized, dateIn, momentIn, weekdayIn } from '../../../calendar/formatting.js';
import { feedAddress, newestAddress } from '../../../shared/bulletin-addresses.js';
import { instant } from '../../../shared/instant.js';
import { dayBefore } from '../../../calendar/local-days.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import type { PageReader } from '../../page/page-frame.js';
import { behindWarning } from '../../page/behind-warning.js';
import { audienceOf, tasksFor, type Tasks } from '../../tasks/task.js';
import { comparedNote, taskList } from '../../tasks/task-list.js';
import { stateChip } from './state-chip.js';

type Item = ReturnType<typeof listItem>;

export interface BulletinList {
  /** The bulletins, newest first. */
  items: readonly Item[];
  /** The first and the last of the listed dates. */
  from: Day;
  to: Day;
  today: Day;
  /** The date of the next bulletin to write. */
  next: Day;
  timeZone: string;
  /** Undefined where they can't be found now. */
  tasks: Tasks | undefined;
  /** A draft was just deleted. */
  isDeleted: boolean;
  /** Published bulletins are for everyone. */
  isOpen: boolean;
}

/** The list of bulletins of a month, and the form that opens the next one. */
export const listMain = (list: BulletinList, reader: PageReader): Html => {
  const { language, principal } = reader;
  const say = bulletinWordsIn(language);
  const { from, to, today, next } = list;
  const tasks = tasksFor(list.tasks?.tasks ?? [], audienceOf(principal));
  return html`<div class="top"><h1>${say('bulletins')}</h1></div>
    ${list.isDeleted && html`<p class="done" role="status">${say('doneDeleted')}</p>`}
    ${taskList(tasks, language)} ${behindWarning(list.tasks?.behind, language)}
    ${
      isAllowed(principal, 'bulletins:write') &&
      html`<form class="card open" action="/bulletins/open">
        <h2>${say('writeNext')}</h2>
        <p class="row">
          <label for="date">${say('dateOfBulletin')}</label>
          <input id="date" name="date" type="date" value="${next}" required />
          <button>${say('write')}</button>
        </p>
        <p class="hint">
          ${capitalized(dateIn(language, next))} · ${say('ticketsOf')} ${weekdayIn(language, dayBefore(next))}
        </p>
      </form>`
    }
    <section class="card" aria-labelledby="list-title">
      <h2 id="list-title">${capitalized(dateIn(language, from))} – ${dateIn(language, to)}</h2>
      ${list.tasks && comparedNote(list.tasks, { isEmpty: tasks.length === 0, language })}
      ${list.items.length === 0 ? html`<p>${say('none')}</p>` : tableOf(list, reader)}
      ${
        list.items.some(({ status }) => status === 'published') &&
        html`<p>
          <a href="${newestAddress(language)}">${say('newestBulletin')}</a>
          <span class="hint">${say(list.isOpen ? 'newestOpen' : 'newestSignedIn')}</span>
          ${list.isOpen && html`· <a href="${feedAddress(language)}">${say('feed')}</a>`}
        </p>`
      }
      <nav class="days" aria-label="${say('otherDates')}">
        <a class="button quiet" rel="prev" href="/bulletins?to=${dayBefore(from)}">← ${say('older')}</a>
        ${to < today && html`<a class="button quiet" rel="next" href="/bulletins">${say('newest')} →</a>`}
      </nav>
    </section>`;
};

const tableOf = ({ items, timeZone, tasks }: BulletinList, { language }: PageReader): Html => {
  const say = bulletinWordsIn(language);
  const due = new Set(
    (tasks?.tasks ?? []).flatMap((task) => (task.kind === 'revision' ? [task.bulletin] : [])),
  );
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('bulletins')}">
    <table class="bulletins">
      <thead>
        <tr>
          <th scope="col">${say('dateOfBulletin')}</th>
          <th scope="col">${say('ticketDay')}</th>
          <th scope="col">${say('state')}</th>
          <th scope="col">${say('publishedAt')}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <th scope="row">
                <a href="/bulletins/${item.date}">${capitalized(dateIn(language, item.date))}</a>
              </th>
              <td>${weekdayIn(language, item.ticketDay)}</td>
              <td>
                ${stateChip(item, language)}
                ${due.has(item.date) && html`<span class="chip due">${say('revisionDue')}</span>`}
              </td>
              <td>
                ${item.publishedAt === null ? '–' : momentIn(language, instant(item.publishedAt), timeZone)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};
