import type { Behind, DayFigures, LateEvents } from '../../billets-quotidiens/index.js';
import { html, type Html } from '../../platform/http/html.js';
import { capitalized, dateIn, momentIn, numberIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { dayAfter, dayBefore, type Day } from '../../calendar/local-days.js';
import { lacking } from '../board/warnings.js';
import { behindWarning } from '../page/behind-warning.js';
import { downloads } from '../page/downloads.js';
import { figuresTable } from '../page/figures-table.js';
import { pageWordsIn } from '../page/words.js';
import { figureAddress, lateAddress } from './addresses.js';
import { figureColumns, type Figure } from './columns.js';
import { daysNav } from './days-nav.js';
import { lateInWords } from './drill-down/late.page.js';
import { publishedSection, type PublishedDayView } from './published.section.js';
import { dayWordsIn } from './words.js';

const tiled: readonly Figure[] = ['opened', 'resolved', 'resolvedSameDay', 'backlog'];

/** The data of the page of a day. */
export interface ShownDay {
  figures: DayFigures;
  /** Undefined where the figures are not behind the log. */
  behind: Behind | undefined;
  /** Undefined where no event came late. */
  late: LateEvents | undefined;
  /** Undefined where the day was not published. */
  published: PublishedDayView | undefined;
}

/** The page of a day: its figures with links to what they count, the differences from the publication, and the late events. */
export const dayMain = (
  { figures, behind, late, published }: ShownDay,
  newest: Day,
  language: Language,
): Html => {
  const say = pageWordsIn(language);
  const { date, status, revision, incomplete, knownAt, position, timeZone } = figures;
  return html`<div class="top">
      <h1>${capitalized(dateIn(language, date))}</h1>
      <p class="fresh">
        <span class="badge ${status}"
          >${say(status)}${revision > 0 && `, ${say('revision')} ${revision}`}</span
        >
      </p>
    </div>
    ${behindWarning(behind, language)}
    ${incomplete !== undefined && html`<p class="warning">${lacking(incomplete, language)}</p>`}
    ${daysNav({ date, newest, before: dayBefore(date), after: dayAfter(date) }, language)}
    ${tilesOf(figures, language)}
    <section class="card" aria-labelledby="table-title">
      <h2 id="table-title">${say('byEstablishment')}</h2>
      ${figuresTable(figures, { columns: figureColumns, language, linked: (figure, establishment) => figureAddress({ date, figure, establishment }) })}
      ${downloads(`/v1/billets-quotidiens/${date}`, `billets-quotidiens-${date}`, language)}
    </section>
    ${published && publishedSection(published, { now: figures, behind, language })}
    ${lateSection(figures, { late, behind }, language)}
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, knownAt, timeZone)} (${timeZone}), ${say('position')} ${position}
    </p>`;
};

const tilesOf = ({ date, total }: DayFigures, language: Language): Html => {
  const say = pageWordsIn(language);
  const count = (figure: Figure) => numberIn(language, total[figure]);
  const tiles = figureColumns
    .filter(([figure]) => tiled.includes(figure))
    .map(
      ([figure, word]) =>
        html`<div class="tile ${figure}">
          <dt>${say(word)}</dt>
          <dd>
            <strong
              >${total[figure] === 0 ? count(figure) : html`<a href="${figureAddress({ date, figure })}">${count(figure)}</a>`}</strong
            >
          </dd>
        </div>`,
    );
  return html`<section aria-labelledby="figures-title">
    <h2 id="figures-title" class="unseen">${say('keyFigures')}</h2>
    <dl class="tiles">${tiles}</dl>
  </section>`;
};

/** The section on late events; none for a day in progress without any. */
const lateSection = (
  { date, status }: DayFigures,
  { late, behind }: Pick<ShownDay, 'late' | 'behind'>,
  language: Language,
): Html | false => {
  const own = dayWordsIn(language);
  if (!late && status === 'in-progress') return false;
  return html`<section class="card" aria-labelledby="late-title">
    <h2 id="late-title">${own('late')}</h2>
    ${
      late
        ? html`<p>${lateInWords(late, language)} <a href="${lateAddress(date)}">${own('showThem')}</a></p>`
        : html`<p>${own(behind ? 'unknown' : 'noneLate')}</p>`
    }
  </section>`;
};
