import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { isHeldBack, type Entry, type QueueRefusal } from '../queue/queue.js';
import { givenUpWith, remedyOf, type Remedy } from '../queue/remedy.js';
import { ticketAddress } from './route.js';
import { trueNow, type ViewState } from './view.js';
import { refusalWordsOf } from './refusal-words.js';
import { commandDone, momentName } from './words.js';
import { commandText } from './command-text.js';
import { titleOf } from '../queue/ticket.js';

/** An entry of the queue: its command, and for a refused one the reason and the remedies. */
export const entryCard = (shown: ViewState, entry: Entry): TemplateResult => {
  const { view } = shown;
  const { command, about, refusal } = entry;
  return html`<article class="card ${refusal ? 'refused' : ''}" data-command=${command.commandId}>
    <p class="line">
      <strong>${commandDone[command.type]}</strong>
      <span class="hint">${momentName(command.occurredAt, trueNow(view))}</span>
    </p>
    <p class="line">
      ${ticketLink(shown, command.ticketId, about)}
      <span class="reference">${referenceOf(command.ticketId)}</span>
    </p>
    ${commandText(entry) === '' ? nothing : html`<p class="prose">${commandText(entry)}</p>`}
    ${refusal ? refusalOf(shown, entry) : waitingLine(shown, entry)}
  </article>`;
};

/** The name of a ticket; a link while this tablet has the ticket. */
const ticketLink = ({ view }: ViewState, id: string, name: string) =>
  view.tickets.some(({ ticketId }) => ticketId === id)
    ? html`<a href=${ticketAddress(id)}>${name}</a>`
    : html`<span>${name}</span>`;

const waitingLine = ({ view }: ViewState, entry: Entry) =>
  isHeldBack(entry, view.queue)
    ? html`<p class="hint">Attend que l’ouverture de ce billet soit corrigée.</p>`
    : html`<p class="hint">En attente d’envoi</p>`;

const refusalOf = (shown: ViewState, entry: Entry) => {
  const { refusal } = entry;
  if (!refusal) return nothing;
  return html`${whyOf(refusal, 'Refusé: ')} ${mergedInto(shown, refusal)}
    <div class="acts">${remedy(shown, entry, remedyOf(entry))} ${surrender(shown, entry)}</div>`;
};

/** The reason for a refusal, and what to do about it. */
export const whyOf = (refusal: QueueRefusal, before = ''): TemplateResult => {
  const { title, detail, fields } = refusalWordsOf(refusal);
  return html`<div class="why">
    <p><strong>${before}${title}</strong></p>
    <p>${detail}</p>
    ${fields.map((field) => html`<p>${field}</p>`)}
  </div>`;
};

const mergedInto = (shown: ViewState, { mergedInto: id }: QueueRefusal) => {
  if (id === undefined) return nothing;
  const into = shown.view.tickets.find(({ ticketId }) => ticketId === id);
  return into
    ? html`<p class="line">Fusionné dans ${ticketLink(shown, id, titleOf(into))}</p>`
    : html`<p>Fusionné dans un billet que cette tablette n’a pas.</p>`;
};

const remedy = ({ acts }: ViewState, entry: Entry, what: Remedy) => {
  switch (what) {
    case 'correct':
      return html`<a class="button" href="#corriger/${entry.seq}">Corriger</a>`;
    case 'do-again-now':
      return html`<button class="button" @click=${() => void acts.doAgain(entry)}>
        Refaire maintenant
      </button>`;
    case 'send-again':
      return html`<button class="button" @click=${() => void acts.sendAgain(entry)}>Renvoyer</button>`;
    case 'move-to-merged':
      return html`<button class="button" @click=${() => void acts.moveToMerged(entry)}>
        Noter dans ce billet-là
      </button>`;
    case 'none':
      return nothing;
  }
};

/** The button to give up an entry, with a confirmation: it can't be undone. */
const surrender = ({ view, acts }: ViewState, entry: Entry) => {
  const others = givenUpWith(entry, view.queue).length - 1;
  return html`<details class="surrender">
    <summary class="button quiet">Abandonner</summary>
    <p>
      ${
        others === 0
          ? 'Ce sera effacé de la tablette, sans être envoyé.'
          : `Ce billet ne sera jamais ouvert, et ce que vous y avez fait ensuite (${others}) sera effacé aussi.`
      }
    </p>
    <button class="button danger" @click=${() => void acts.giveUp(entry)}>Effacer</button>
  </details>`;
};
