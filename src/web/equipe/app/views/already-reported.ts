import { html, nothing, type TemplateResult } from 'lit-html';
import { likelyDuplicates } from '../queue/incident.js';
import { ticketAddress } from './route.js';
import type { ViewState } from './view.js';

/**
 * Tickets that say the same as the title that is being typed. Its region is there from the start, and announced politely: it must not
 * interrupt who is typing.
 */
export const alreadyReported = ({ view, acts, words }: ViewState): TemplateResult => {
  const { say, titleOf, statusName, agoName, counted } = words;
  const { title = '', establishment } = view.typed;
  const likely = likelyDuplicates({ title, establishment }, view.tickets);
  return html`<div class="reported" role="region" aria-live="polite" aria-label=${say('reportedAlready')}>
    ${
      likely.length === 0
        ? nothing
        : html`<p><strong>${say('reportedQuestion')}</strong> ${say('oneTapIsEnough')}</p>
            <ul>
              ${likely.map(
                ({ ticket, people }) =>
                  html`<li>
                    <a href=${ticketAddress(ticket.ticketId)}>
                      <strong>${titleOf(ticket)}</strong>
                      <span class="hint"
                        >${[
                          ticket.location,
                          statusName(ticket.status),
                          agoName(ticket.openedAt, view.now),
                          counted(people, 'person'),
                        ]
                          .filter(Boolean)
                          .join(' · ')}</span
                      >
                    </a>
                    <button type="button" class="button quiet" @click=${() => void acts.meToo(ticket)}>
                      ${words.commandName('link')}<span class="unseen">: ${titleOf(ticket)}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
    }
  </div>`;
};
