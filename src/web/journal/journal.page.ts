import type { AccessView } from '../../access/index.js';
import { momentIn, numberIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { instant } from '../../shared/instant.js';
import { speaking, type Language, type Text } from '../../shared/text/text.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { accessActionLabels, labelOf } from '../../shared/vocabulary.js';
import { fileAddress } from '../page/downloads.js';
import { shortClientName } from './client-name.js';

const texts = {
  journal: { fr: 'Journal des accès', en: 'Access log' },
  about: {
    fr: 'Qui a vu quel billet, quand, d’où et avec quoi. Cette consultation y est inscrite aussi.',
    en: 'Who saw which ticket, when, from where and with what. Looking here is written down, too.',
  },
  ticket: { fr: 'Billet', en: 'Ticket' },
  ticketHint: { fr: 'identifiant', en: 'id' },
  person: { fr: 'Personne', en: 'Person' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'Au', en: 'To' },
  show: { fr: 'Afficher', en: 'Show' },
  all: { fr: 'Tout afficher', en: 'Show all' },
  alerts: { fr: 'Alertes des sept derniers jours', en: 'Alerts of the last seven days' },
  accesses: { fr: 'Accès inscrits', en: 'Logged accesses' },
  at: { fr: 'Quand', en: 'When' },
  action: { fr: 'Quoi', en: 'What' },
  tickets: { fr: 'Billets', en: 'Tickets' },
  where: { fr: 'D’où, avec quoi', en: 'From where, with what' },
  purpose: { fr: 'Pourquoi', en: 'Why' },
  refused: { fr: 'refusé', en: 'refused' },
  none: { fr: 'Aucun accès ne correspond.', en: 'No access matches.' },
  first: { fr: 'Première page', en: 'First page' },
  next: { fr: 'Page suivante', en: 'Next page' },
  pages: { fr: 'Pages du journal', en: 'Pages of the log' },
  csv: { fr: 'Cette page en CSV', en: 'This page as CSV' },
  hours: { fr: 'Heures de', en: 'Times of' },
} satisfies Record<string, Text>;
export const journalWordsIn = speaking(texts);

type Fields = Readonly<Record<string, string | undefined>>;

export interface ShownJournal {
  fields: Fields;
  items: readonly AccessView[];
  alerts: readonly AccessView[];
  timeZone: string;
  isFirst: boolean;
  next: string | undefined;
}

const addressOf = (path: string, fields: Fields, more: Fields = {}): string => {
  const given = Object.entries({ ...fields, ...more }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

/** The page of the access log: alerts, a form, and a page of accesses. */
export const journalMain = (shown: ShownJournal, language: Language): Html => {
  const say = journalWordsIn(language);
  const { alerts, items, timeZone } = shown;
  return html`<h1>${say('journal')}</h1>
    <p>${say('about')}</p>
    ${alerts.length > 0 && alertsCard(alerts, timeZone, language)} ${chooser(shown.fields, language)}
    <section class="card" aria-labelledby="accesses-title">
      <h2 id="accesses-title">${say('accesses')}</h2>
      ${items.length === 0 ? html`<p>${say('none')}</p>` : accessTable(shown, language)}
      ${pages(shown, language)}
    </section>
    <p class="hint">${say('hours')} ${timeZone}.</p>`;
};

const alertsCard = (alerts: readonly AccessView[], timeZone: string, language: Language): Html => {
  const say = journalWordsIn(language);
  return html`<section class="card" aria-labelledby="alerts-title">
    <h2 id="alerts-title">${say('alerts')}</h2>
    <ul class="alerts">
      ${alerts.map(
        ({ at, person, action, count }) =>
          html`<li>
            <a href="${addressOf('/journal', { person })}">${person}</a>: ${inWords(action, count, language)},
            ${momentIn(language, instant(at), timeZone)}
          </li>`,
      )}
    </ul>
  </section>`;
};

const inWords = (action: AccessView['action'], count: number, language: Language): string => {
  const number = numberIn(language, count);
  if (language === 'fr') {
    return action === 'many-tickets' ? `${number} billets vus en une heure` : `${number} refus en une heure`;
  }
  return action === 'many-tickets'
    ? `${number} tickets seen within an hour`
    : `${number} refusals within an hour`;
};

const chooser = (fields: Fields, language: Language): Html => {
  const say = journalWordsIn(language);
  const day = (name: 'from' | 'to') =>
    html`<label
      >${say(name)} <input type="date" name="${name}" value="${fields[name]?.slice(0, 10) ?? ''}"
    /></label>`;
  return html`<form class="chooser journal" method="get" action="/journal" aria-label="${say('accesses')}">
    <label
      >${say('ticket')}
      <input
        name="ticket"
        value="${fields.ticket ?? ''}"
        maxlength="36"
        placeholder="${say('ticketHint')}"
        autocomplete="off"
        spellcheck="false"
    /></label>
    <label
      >${say('person')}
      <input
        name="person"
        value="${fields.person ?? ''}"
        maxlength="255"
        autocomplete="off"
        spellcheck="false"
    /></label>
    ${day('from')} ${day('to')}
    <button>${say('show')}</button>
    ${Object.values(fields).some((value) => value !== undefined) && html`<a class="button quiet" href="/journal">${say('all')}</a>`}
  </form>`;
};

const accessTable = ({ items, timeZone }: ShownJournal, language: Language): Html => {
  const say = journalWordsIn(language);
  const row = (access: AccessView) => {
    const { at, person, roles, action, refused, client, address, purpose } = access;
    return html`<tr>
      <th scope="row">${momentIn(language, instant(at), timeZone)}</th>
      <td>
        <a href="${addressOf('/journal', { person })}">${person}</a
        ><span class="long">${roles.join(', ')}</span>
      </td>
      <td>
        ${labelOf(accessActionLabels, action, language)}
        ${refused && html`<span class="badge">${say('refused')}</span>`}
      </td>
      <td class="ticket">${ticketsOf(access, language)}</td>
      <td class="words">${address}<span class="long">${shortClientName(client)}</span></td>
      <td class="words">${purpose}</td>
    </tr> `;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('accesses')}">
    <table class="items journal">
      <thead>
        <tr>
          <th scope="col">${say('at')}</th>
          <th scope="col">${say('person')}</th>
          <th scope="col">${say('action')}</th>
          <th scope="col">${say('tickets')}</th>
          <th scope="col">${say('where')}</th>
          <th scope="col">${say('purpose')}</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(row)}
      </tbody>
    </table>
  </div>`;
};

const ticketLink = (ticketId: string): Html =>
  html`<a href="${addressOf('/journal', { ticket: ticketId })}"
    ><code title="${ticketId}">${referenceOf(ticketId)}</code></a
  >`;

/** One ticket by its reference; several by their number, to be opened. */
const ticketsOf = ({ ticketId, establishment, ticketIds, count }: AccessView, language: Language): Html => {
  if (ticketId !== undefined) return html`${ticketLink(ticketId)} ${establishment}`;
  if (!ticketIds) return count > 0 ? html`${numberIn(language, count)}` : html``;
  return html`<details>
    <summary>${numberIn(language, count)}</summary>
    ${ticketIds.map((id) => html`${ticketLink(id)} `)}
  </details>`;
};

const pages = ({ fields, isFirst, next }: ShownJournal, language: Language): Html => {
  const say = journalWordsIn(language);
  return html`<nav class="pages" aria-label="${say('pages')}">
    ${!isFirst && html`<a class="button quiet" href="${addressOf('/journal', fields)}">${say('first')}</a>`}
    ${next !== undefined && html`<a class="button quiet" rel="next" href="${addressOf('/journal', fields, { cursor: next })}">${say('next')}</a>`}
    <a href="${fileAddress(addressOf('/v1/audit/accesses', fields), 'csv', language)}" download="accesses.csv"
      >${say('csv')}</a
    >
  </nav>`;
};
