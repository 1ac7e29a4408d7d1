import { figureNames, type Cause } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { momentIn, numberIn, signedIn } from '../../../calendar/formatting.js';
import type { Language, Text } from '../../../shared/text/text.js';
import { referenceOf } from '../../../shared/ticket-reference.js';
import { figureLabels, transitionLabels } from '../../../shared/vocabulary.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import { figureLink } from './figure-link.js';

/** The names of the events that count in figures. */
const eventNames: Record<string, Text> = {
  TicketOpened: transitionLabels.open,
  TicketResolved: transitionLabels.resolve,
  TicketReopened: transitionLabels.reopen,
  TicketCancelled: transitionLabels.cancel,
  TicketMerged: transitionLabels.merge,
  TicketTransferred: transitionLabels.transfer,
};

/** Rows of the table at most; programs get all of them from the API. */
const maxShown = 200;

/** The events that caused the differences in a day's figures, each with what it added. */
export const causesTable = (
  day: string,
  { causes, timeZone, language }: { causes: readonly Cause[]; timeZone: string; language: Language },
): Html => {
  const say = bulletinWordsIn(language);
  const ticket = (id: string): Html =>
    html`<code title="${id}" data-ticket="${id}">${referenceOf(id)}</code>`;
  const rows = causes.slice(0, maxShown).map(
    (cause) =>
      html`<tr>
        <th scope="row">${eventNames[cause.type]?.[language] ?? cause.type} ${ticket(cause.ticketId)}</th>
        <td>${cause.establishment}</td>
        <td>${momentIn(language, cause.occurredAt, timeZone)}</td>
        <td>
          ${momentIn(language, cause.recordedAt, timeZone)}<span class="long"
            >${say('position')} ${cause.position}</span
          >
        </td>
        <td class="effects">${effects(day, cause, language)}</td>
      </tr>`,
  );
  const hidden = causes.length - maxShown;
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('eventsBehind')}">
      <table class="causes">
        <thead>
          <tr>
            <th scope="col">${say('event')}</th>
            <th scope="col">${say('establishment')}</th>
            <th scope="col">${say('happenedAt')}</th>
            <th scope="col">${say('recordedAt')}</th>
            <th scope="col">${say('effect')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${hidden > 0 && html`<p class="hint">${numberIn(language, hidden)} ${say('more')}</p>`}`;
};

const effects = (day: string, { establishment, delta }: Cause, language: Language): Html[] =>
  figureNames.flatMap((figure) => {
    const change = delta[figure];
    if (change === undefined) return [];
    const label = figureLabels[figure][language];
    return [
      html`<span
        >${figureLink({ date: day, figure, establishment, text: label })}
        ${signedIn(language, change, true)}</span
      > `,
    ];
  });
