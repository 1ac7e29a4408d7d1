import type { Day } from '../../calendar/local-days.js';
import { html, type Html } from '../../platform/http/html.js';
import { dayIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn } from '../page/words.js';
import { dayForm } from './day-form.js';

interface Neighbours {
  date: Day;
  /** The newest day that has begun; later days have no figures. */
  newest: Day;
  before: Day;
  after: Day;
}

/** The links from a day to the days before and after it, and the form for any other. */
export const daysNav = ({ date, newest, before, after }: Neighbours, language: Language): Html =>
  html`<nav class="days" aria-label="${pageWordsIn(language)('otherDays')}">
    ${before <= newest && dayLink(before, 'prev', language)} ${dayForm(date, newest, language)}
    ${after <= newest && dayLink(after, 'next', language)}
  </nav>`;

const dayLink = (date: Day, rel: 'prev' | 'next', language: Language): Html => {
  const word = pageWordsIn(language)(rel === 'prev' ? 'previousDay' : 'nextDay');
  const [before, after] = rel === 'prev' ? ['← ', ''] : ['', ' →'];
  return html`<a class="button quiet" rel="${rel}" href="/jours/${date}"
    >${before}${word}<span class="date"> ${dayIn(language, date)}</span>${after}</a
  >`;
};
