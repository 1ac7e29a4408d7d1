import { html, nothing, type TemplateResult } from 'lit-html';
import { likelyDuplicates } from '../queue/incident.js';
import { titleOf } from '../queue/ticket.js';
import { ticketAddress } from './route.js';
import type { ViewState } from './view.js';
import { agoName, counted, statusName } from './words.js';

/**
 * Tickets that say the same as the title that is being typed. Its region is there from the start, and announced politely: it must not
 * interrupt who is typing.
 */
export const alreadyReported = ({ view, acts }: ViewState): TemplateResult => {
  const { title = '', establishment } = view.typed;
  const likely = likelyDuplicates({ title, establishment }, view.tickets);
  return html`<div class="reported" role="region" aria-live="polite" aria-label="Déjà signalé">
    ${
      likely.length === 0
        ? nothing
        : html`<p><strong>Déjà signalé?</strong> Si c’est le même problème, un seul geste suffit.</p>
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
                          counted(people, 'personne', 'personnes'),
                        ]
                          .filter(Boolean)
                          .join(' · ')}</span
                      >
                    </a>
                    <button type="button" class="button quiet" @click=${() => void acts.meToo(ticket)}>
                      Moi aussi<span class="unseen">: ${titleOf(ticket)}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
    }
  </div>`;
};
