import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { isActiveStatus } from '../../../../shared/vocabulary.js';
import type { Ticket } from '../api/answers.js';
import { ageOf } from '../moments.js';
import type { Shown } from '../state.js';
import { namesIn, sayIn } from '../words.js';

export interface RowParts {
  ticket: Ticket;
  index: number;
  isCurrent: boolean;
  isSelected: boolean;
  isOpen: boolean;
  /** It does not belong to the list any more, and stays until that is read again. */
  hasLeft: boolean;
  /** Something done to it here waits to be sent. */
  isHeld: boolean;
  refusal: string | undefined;
}

/** A ticket in the list. The row itself has the focus; j, k, Enter and x are for the row. */
export const row = ({ state, acts }: Shown, parts: RowParts): TemplateResult => {
  const { ticket, index, isCurrent, isSelected, isOpen, hasLeft, isHeld, refusal } = parts;
  const { desk, now } = state;
  const say = sayIn(desk.language);
  const names = namesIn(desk.language);
  const reference = referenceOf(ticket.ticketId);
  const classes = [
    ...['row', isActiveStatus(ticket.status) ? 'active' : 'over'],
    ...(isOpen ? ['open'] : []),
    ...(hasLeft ? ['left'] : []),
    ...(isHeld ? ['held'] : []),
  ];
  return html`<div
    class=${classes.join(' ')}
    role="row"
    data-ticket=${ticket.ticketId}
    aria-rowindex=${index + 2}
    aria-selected=${isSelected}
    aria-current=${isCurrent ? 'true' : nothing}
    tabindex=${isCurrent ? 0 : -1}
    @click=${(event: MouseEvent) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) acts.toggle(ticket.ticketId, event.shiftKey);
      else acts.open(ticket.ticketId);
    }}
    @focus=${() => {
      if (!isCurrent) acts.makeCurrent(ticket.ticketId);
    }}
  >
    <div role="gridcell" class="pick">
      <input
        type="checkbox"
        tabindex="-1"
        aria-label="${say('pick')} ${reference}"
        .checked=${live(isSelected)}
        @click=${(event: MouseEvent) => {
          event.stopPropagation();
          acts.toggle(ticket.ticketId, event.shiftKey);
        }}
      />
    </div>
    <div role="gridcell" class="priority">
      <span class="level ${ticket.priority}" title=${names.priority(ticket.priority)}
        >${ticket.priority}</span
      >
    </div>
    <div role="gridcell" class="reference">${reference}</div>
    <div role="gridcell" class="title">
      <span class="text">${names.title(ticket.title)}</span>
      ${isHeld ? html`<span class="mark">${say('notSent')}</span>` : nothing}
      ${hasLeft ? html`<span class="mark">${say('leftList')}</span>` : nothing}
      ${refusal === undefined ? nothing : html`<span class="mark refused">${refusal}</span>`}
    </div>
    <div role="gridcell" class="establishment">${ticket.establishment}</div>
    <div role="gridcell" class="category">${names.category(ticket.category)}</div>
    <div role="gridcell" class="requester">${ticket.requester?.name ?? ''}</div>
    <div role="gridcell" class="status">
      <span class="state ${ticket.status}">${names.status(ticket.status)}</span>
    </div>
    <div role="gridcell" class="assignedTo">${ticket.assignee ?? ticket.team ?? ''}</div>
    <div role="gridcell" class="age">${ageOf(ticket.openedAt, now, desk.language)}</div>
  </div>`;
};
