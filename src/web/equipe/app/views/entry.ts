import { html, nothing, type TemplateResult } from 'lit-html';
import { isHeldBack, type Entry } from '../queue/queue.js';
import { givenUpWith, remedyOf, type Remedy } from '../queue/mending.js';
import { ticketAddress } from './route.js';
import type { Shown } from './view.js';
import { commandDone, momentName, reasonName, resolutionName } from './words.js';

/** One entry of the queue: what it asks for, and where it was refused, why and what to do. */
export const entryCard = (shown: Shown, entry: Entry): TemplateResult => {
  const { view } = shown;
  const { command, about, refusal } = entry;
  return html`<article class="card ${refusal ? 'refused' : ''}" data-command=${command.commandId}>
    <p class="line">
      <strong>${commandDone[command.type]}</strong>
      <span class="hint">${momentName(command.occurredAt, view.now)}</span>
    </p>
    <p class="line"><a href=${ticketAddress(command.ticketId)}>${about}</a></p>
    ${wordsOf(entry) === '' ? nothing : html`<p class="prose">${wordsOf(entry)}</p>`}
    ${refusal ? refusalOf(shown, entry) : waitingLine(shown, entry)}
  </article>`;
};

const waitingLine = ({ view }: Shown, entry: Entry) =>
  isHeldBack(entry, view.queue)
    ? html`<p class="hint">Attend que l’ouverture de ce billet soit corrigée.</p>`
    : html`<p class="hint">En attente d’envoi</p>`;

const refusalOf = (shown: Shown, entry: Entry) => {
  const { refusal } = entry;
  if (!refusal) return nothing;
  return html`<div class="why">
      <p><strong>Refusé: ${refusal.title}</strong></p>
      <p>${refusal.detail}</p>
      ${refusal.errors?.map(({ message }) => html`<p>${message}</p>`)}
    </div>
    <div class="acts">${remedy(shown, entry, remedyOf(entry))} ${surrender(shown, entry)}</div>`;
};

const remedy = ({ acts }: Shown, entry: Entry, what: Remedy) => {
  switch (what) {
    case 'correct':
      return html`<a class="button" href="#corriger/${entry.seq}">Corriger</a>`;
    case 'do-again-now':
      return html`<button class="button" @click=${() => void acts.doAgain(entry)}>
        Refaire maintenant
      </button>`;
    case 'move-to-merged':
      return html`<button class="button" @click=${() => void acts.moveToMerged(entry)}>
        Noter dans le billet fusionné
      </button>`;
    case 'none':
      return nothing;
  }
};

/** Asked twice: what is given up is gone. */
const surrender = ({ view, acts }: Shown, entry: Entry) => {
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

/** What was written or chosen, so that nobody gives up a text unread. */
const wordsOf = ({ command }: Entry): string => {
  switch (command.type) {
    case 'open':
      return command.description ?? '';
    case 'note':
      return command.body;
    case 'start':
      return '';
    case 'hold':
      return [reasonName(command.reason), command.note].filter(Boolean).join(': ');
    case 'resolve':
      return `${resolutionName(command.resolution.code)}: ${command.resolution.note}`;
    case 'reopen':
    case 'cancel':
      return command.reason;
  }
};
