import type { Day } from '../../calendar/local-days.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { dayWordsIn } from './words.js';

/** A form that leads to any day that has begun. */
export const dayForm = (date: Day, newest: Day, language: Language): Html => {
  const say = dayWordsIn(language);
  return html`<form class="go-to-day" action="/jours">
    <label for="day">${say('anotherDay')}</label>
    <input
      id="day"
      name="date"
      type="date"
      value="${date < newest ? date : newest}"
      max="${newest}"
      required
    />
    <button class="quiet">${say('show')}</button>
  </form>`;
};
