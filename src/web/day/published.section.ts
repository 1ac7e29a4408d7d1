import type { Behind, DayFigures } from '../../billets-quotidiens/index.js';
import { differencesBetween, type ContentDifference, type KnownFigures } from '../../bulletins/index.js';
import { html, type Html } from '../../platform/http/html.js';
import { dayIn, momentIn, numberIn, signedIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn } from '../page/words.js';
import { figureAddress } from './addresses.js';
import { wordOf } from './columns.js';
import { dayWordsIn } from './words.js';

/** The published figures of a day, and the bulletin and revision that published them. */
export interface PublishedDayView {
  bulletin: string;
  revision: number;
  figures: KnownFigures;
}

/** The published figures beside those known now, where they differ. That they are equal is said only if the figures are up to date. */
export const publishedSection = (
  published: PublishedDayView,
  { now, behind, language }: { now: DayFigures; behind: Behind | undefined; language: Language },
): Html => {
  const own = dayWordsIn(language);
  const { bulletin, figures: then } = published;
  const differences = differencesBetween(then, now);
  return html`<section class="card" aria-labelledby="published-title">
    <h2 id="published-title">${own('publishedAndNow')}</h2>
    <p>
      <a href="/bulletins/${bulletin}">${own('bulletin')} ${dayIn(language, bulletin)}</a>,
      ${pageWordsIn(language)('revision')} ${published.revision}:
      ${momentIn(language, then.knownAt, then.timeZone)}
    </p>
    ${differences.length === 0 ? html`<p>${own(behind ? 'unknown' : 'asPublished')}</p>` : tableOf(differences, { publication: published, day: now, language })}
  </section>`;
};

const tableOf = (
  differences: readonly ContentDifference[],
  {
    publication: { figures: then },
    day: { date },
    language,
  }: { publication: PublishedDayView; day: DayFigures; language: Language },
): Html => {
  const say = pageWordsIn(language);
  const own = dayWordsIn(language);
  const row = ({ establishment, figure, from, to }: ContentDifference) => {
    const place = { date, establishment, figure };
    const linked = (value: number, asOfPosition?: string) =>
      value === 0
        ? numberIn(language, value)
        : html`<a href="${figureAddress({ ...place, asOfPosition })}">${numberIn(language, value)}</a>`;
    return html`<tr ${establishment === undefined && html`class="whole"`}>
      <th scope="row">${establishment ?? say('total')}</th>
      <td class="words">${say(wordOf[figure])}</td>
      <td>${linked(from, then.position)}</td>
      <td>${linked(to)}</td>
      <td>
        <span class="delta ${to < from ? 'less' : 'more'}">${signedIn(language, to - from, true)}</span>
      </td>
    </tr> `;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${own('publishedAndNow')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${say('establishment')}</th>
          <th scope="col" class="words">${own('figure')}</th>
          <th scope="col">${own('publishedThen')}</th>
          <th scope="col">${own('now')}</th>
          <th scope="col">${own('difference')}</th>
        </tr>
      </thead>
      <tbody>
        ${differences.map(row)}
      </tbody>
    </table>
  </div>`;
};
