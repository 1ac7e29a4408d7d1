import type { Behind } from '../../billets-quotidiens/index.js';
import { dayIn, durationIn, momentIn, numberIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { groupingLabels, type ReportedTicket, reportLabels, type TicketsPlace } from '../../reports/index.js';
import type { Instant } from '../../shared/instant.js';
import type { Language } from '../../shared/text/text.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { categoryLabels, labelOf } from '../../shared/vocabulary.js';
import { behindWarning } from '../page/behind-warning.js';
import { downloads } from '../page/downloads.js';
import { pageWordsIn } from '../page/words.js';
import {
  reportAddress,
  ticketsAddress,
  ticketsFileAddress,
  type ChosenReport,
  type ChosenTickets,
} from './addresses.js';
import { nameOfGroup } from './reports.page.js';
import { explanations, partLabels, reportWordsIn } from './words.js';

export interface ShownTickets {
  chosen: ChosenReport;
  tickets: ChosenTickets;
  items: readonly ReportedTicket[];
  place: TicketsPlace;
  /** Tickets on the pages before. */
  shown: number;
  next: string | undefined;
  behind: Behind | undefined;
  establishments: readonly { code: string; name: string }[];
  timeZone: string;
}

/** Which tickets: the group, and the part of it. */
export const ticketsTitle = ({ chosen, tickets }: ShownTickets, language: Language): string => {
  const { group, part } = tickets;
  const key = group === undefined ? [] : [nameOfGroup(chosen.by, group, language)];
  const parts = part === undefined ? [] : [partLabels[part][language]];
  return [reportLabels[tickets.report][language], ...key, ...parts].join(', ');
};

/** The page of the tickets behind a figure of a report, with the way back to it. No ticket has its title here. */
export const ticketsMain = (page: ShownTickets, language: Language): Html => {
  const { chosen, tickets, items, place, behind, timeZone, establishments } = page;
  const say = pageWordsIn(language);
  const own = reportWordsIn(language);
  const { report } = tickets;
  const at = establishments.find(({ code }) => code === chosen.establishment);
  const days =
    report === 'ageing'
      ? dayIn(language, chosen.to)
      : `${dayIn(language, chosen.from)} – ${dayIn(language, chosen.to)}`;
  const name = `${report}-${chosen.from}_${chosen.to}-tickets`;
  return html`<p class="above"><a href="${reportAddress(chosen)}">← ${own('backToReport')}</a></p>
    <div class="top"><h1>${ticketsTitle(page, language)}</h1></div>
    ${behindWarning(behind, language)}
    <section class="card" aria-labelledby="tickets-title">
      <h2 id="tickets-title">${days}${at && html`, ${at.name}`}</h2>
      <p class="definition">${explanations[report][language]}</p>
      ${items.length === 0 ? html`<p>${own('none')}</p>` : html`${pages(page, language)} ${table(page, language)}`}
      ${downloads(ticketsFileAddress(chosen, tickets, place), name, language)}
    </section>
    <p class="hint">${own('ticketsElsewhere')}</p>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, place.at, timeZone)} (${timeZone}), ${say('position')}
      ${String(place.position)}
    </p>`;
};

const pages = ({ chosen, tickets, items, place, shown, next }: ShownTickets, language: Language): Html => {
  const own = reportWordsIn(language);
  const number = (value: number) => numberIn(language, value);
  const first = ticketsAddress(chosen, tickets, { ...place, after: 0n });
  return html`<nav class="pages" aria-label="${own('pages')}">
    <span>${number(shown + 1)}–${number(shown + items.length)}</span>
    ${shown > 0 && html`<a class="button quiet" href="${first}">${own('first')}</a>`}
    ${next !== undefined && html`<a class="button quiet" rel="next" href="${next}">${own('next')}</a>`}
  </nav>`;
};

const table = (page: ShownTickets, language: Language): Html => {
  const own = reportWordsIn(language);
  const { items, timeZone } = page;
  const moment = (at: Instant | null): string => (at === null ? '–' : momentIn(language, at, timeZone));
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${ticketsTitle(page, language)}">
    <table class="items">
      <thead>
        <tr>
          <th scope="col">${own('reference')}</th>
          <th scope="col">${groupingLabels.establishment[language]}</th>
          <th scope="col">${groupingLabels.team[language]}</th>
          <th scope="col">${groupingLabels.category[language]}</th>
          <th scope="col">${own('beganAt')}</th>
          <th scope="col">${own('endedAt')}</th>
          <th scope="col">${own('duration')}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ ticketId, establishment, team, category, beganAt, endedAt, seconds }) =>
            html`<tr>
              <th scope="row">
                <code class="id" data-ticket="${ticketId}" title="${ticketId}">${referenceOf(ticketId)}</code>
              </th>
              <td>${establishment}</td>
              <td class="words">${team ?? own('withoutTeam')}</td>
              <td class="words">${labelOf(categoryLabels, category, language)}</td>
              <td>${moment(beganAt)}</td>
              <td>${moment(endedAt)}</td>
              <td>${seconds === null ? '–' : durationIn(language, seconds * 1_000)}</td>
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
};
