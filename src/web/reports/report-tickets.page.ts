import type { Behind } from '../../billets-quotidiens/index.js';
import { dayIn, durationIn, momentIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { groupingLabels, reportLabels, type Report, type ReportedTicket } from '../../reports/index.js';
import type { Instant } from '../../shared/instant.js';
import { speaking, type Language, type Text } from '../../shared/text.js';
import { categoryLabels, labelOf } from '../../shared/vocabulary.js';
import { pagedList, ticketCode } from '../day/drill-down/list-pages.js';
import { behindWarning } from '../page/behind-warning.js';
import { pageWordsIn } from '../page/words.js';
import { withQuery } from '../page/with-query.js';
import { reportTicketsAddress, type ReportGroup } from './addresses.js';
import { explanations, reportWordsIn } from './words.js';

/** A page of the tickets behind a report, or behind one of its groups. */
export interface ShownTickets {
  group: ReportGroup;
  items: readonly ReportedTicket[];
  behind: Behind | undefined;
  known: { position: bigint; at: Instant };
  /** Tickets on the pages before, and on all pages. */
  shown: number;
  all: number;
  next: string | undefined;
  establishmentName: string | undefined;
  timeZone: string;
}

const texts = {
  backToReport: { fr: 'Retour au rapport', en: 'Back to the report' },
  tickets: { fr: 'Les billets', en: 'The tickets' },
  openedAt: { fr: 'Ouvert le', en: 'Opened on' },
  ticket: { fr: 'Billet', en: 'Ticket' },
} satisfies Record<string, Text>;
const speak = speaking(texts);

/** What the duration of a ticket is in each report. */
const durations: Record<Report, Text> = {
  responses: { fr: 'Répondu après', en: 'Answered after' },
  resolutions: { fr: 'Résolu après', en: 'Resolved after' },
  ageing: { fr: 'Âge', en: 'Age' },
  reopened: { fr: 'Rouvert après', en: 'Reopened after' },
};

export const reportTicketsTitle = ({ group }: ShownTickets, language: Language): string =>
  `${speak(language)('tickets')} – ${reportLabels[group.report][language]}`;

/** What the group is, in words: its category, its team and its establishment, as far as it has them. */
const nameOf = ({ group, establishmentName }: ShownTickets, language: Language): string => {
  const { category, team } = group;
  const names = [
    category && labelOf(categoryLabels, category, language),
    team === null ? reportWordsIn(language)('withoutTeam') : team,
    establishmentName,
  ].filter(Boolean);
  return names.length > 0 ? names.join(' · ') : reportWordsIn(language)('everywhere');
};

export const reportTicketsMain = (shown: ShownTickets, language: Language): Html => {
  const { group, behind, known, timeZone, all } = shown;
  const { report, from, to } = group;
  const own = speak(language);
  const say = pageWordsIn(language);
  const days =
    report === 'ageing' || from === to
      ? dayIn(language, to)
      : `${dayIn(language, from)} – ${dayIn(language, to)}`;
  const back = withQuery('/rapports', {
    ...{ report, from, to, establishment: group.establishment },
    by: group.category === undefined ? undefined : 'category',
  });
  return html`<p class="above"><a href="${back}">← ${own('backToReport')}</a></p>
    <div class="top">
      <h1>${reportLabels[report][language]} <span class="date">${days}</span></h1>
      <p class="fresh">${nameOf(shown, language)}</p>
    </div>
    ${behindWarning(behind, language)}
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">${own('tickets')}</h2>
      <p class="definition">${explanations[report][language]}</p>
      ${all === 0 ? html`<p>${reportWordsIn(language)('none')}</p>` : ticketsOf(shown, language)}
    </section>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, known.at, timeZone)} (${timeZone}), ${say('position')}
      ${String(known.position)}
    </p>`;
};

const ticketsOf = ({ group, items, shown, all, next, timeZone }: ShownTickets, language: Language): Html => {
  const own = speak(language);
  const row = ({ ticketId, establishment, team, category, openedAt, seconds }: ReportedTicket) =>
    html`<tr>
      <th scope="row" class="ticket">${ticketCode(ticketId)}</th>
      <td>${establishment}</td>
      <td>${labelOf(categoryLabels, category, language)}</td>
      <td>${team ?? '–'}</td>
      <td>${momentIn(language, openedAt, timeZone)}</td>
      <td>${seconds === null ? '–' : durationIn(language, seconds * 1_000)}</td>
    </tr>`;
  const list = html`<div class="scroll" role="group" tabindex="0" aria-label="${own('tickets')}">
    <table class="items">
      <thead>
        <tr>
          <th scope="col">${own('ticket')}</th>
          <th scope="col">${groupingLabels.establishment[language]}</th>
          <th scope="col">${groupingLabels.category[language]}</th>
          <th scope="col">${groupingLabels.team[language]}</th>
          <th scope="col">${own('openedAt')}</th>
          <th scope="col">${durations[group.report][language]}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(row)}
      </tbody>
    </table>
  </div>`;
  const pages = { shown, here: items.length, all, first: reportTicketsAddress(group), next };
  return pagedList(list, pages, language);
};
