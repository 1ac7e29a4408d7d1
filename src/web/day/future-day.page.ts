import type { Day } from '../../calendar/local-days.js';
import { dayAfter, dayBefore } from '../../calendar/local-days.js';
import { html, type Html } from '../../platform/http/html.js';
import { capitalized, dateIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn } from '../page/words.js';
import { daysNav } from './days-nav.js';
import { dayWordsIn } from './words.js';

/** The page of a day that has not begun: no figures, and links back to days that have. */
export const futureDayMain = (date: Day, newest: Day, language: Language): Html => {
  const own = dayWordsIn(language);
  return html`<div class="top">
      <h1>${capitalized(dateIn(language, date))}</h1>
      <p class="fresh"><span class="badge future">${pageWordsIn(language)('future')}</span></p>
    </div>
    ${daysNav({ date, newest, before: dayBefore(date), after: dayAfter(date) }, language)}
    <section class="card">
      <p>${own('notBegun')}</p>
      <p><a class="button" href="/jours/${newest}">${own('newestDay')}</a></p>
    </section>`;
};
