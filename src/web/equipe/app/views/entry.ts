import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { isHeldBack, type Entry, type QueueRefusal } from '../queue/queue.js';
import { givenUpWith, remedyOf, type Remedy } from '../queue/remedy.js';
import { ticketAddress } from './route.js';
import { trueNow, type ViewState } from './view.js';
import { refusalWordsOf } from './words/refusal-words.js';
import type { Words } from './words/words.js';
import { commandText } from './words/command-text.js';

/** An entry of the queue: its command, and for a refused one the reason and the remedies. */
export const entryCard = (shown: ViewState, entry: Entry): TemplateResult => {
  const { view, words } = shown;
  const { command, about, refusal } = entry;
  const text = commandText(entry, words);
  return html`<article class="card ${refusal ? 'refused' : ''}" data-command=${command.commandId}>
    <p class="line">
      <strong>${words.commandDone(command.type)}</strong>
      <span class="hint">${words.momentName(command.occurredAt, trueNow(view))}</span>
    </p>
    <p class="line">
      ${ticketLink(shown, command.ticketId, about)}
      <span class="reference">${referenceOf(command.ticketId)}</span>
    </p>
    ${text === '' ? nothing : html`<p class="prose">${text}</p>`}
    ${refusal ? refusalOf(shown, entry) : waitingLine(shown, entry)}
  </article>`;
};

/** The name of a ticket; a link while this tablet has the ticket. */
const ticketLink = ({ view }: ViewState, id: string, name: string) =>
  view.tickets.some(({ ticketId }) => ticketId === id)
    ? html`<a href=${ticketAddress(id)}>${name}</a>`
    : html`<span>${name}</span>`;

const waitingLine = ({ view, words: { say } }: ViewState, entry: Entry) =>
  html`<p class="hint">${say(isHeldBack(entry, view.queue) ? 'waitsForOpening' : 'notSentYet')}</p>`;

const refusalOf = (shown: ViewState, entry: Entry) => {
  const { refusal } = entry;
  if (!refusal) return nothing;
  return html`${whyOf(refusal, shown.words, `${shown.words.say('refused')} `)} ${mergedInto(shown, refusal)}
    <div class="acts">${remedy(shown, entry, remedyOf(entry))} ${surrender(shown, entry)}</div>`;
};

/** The reason for a refusal, and what to do about it. */
export const whyOf = (refusal: QueueRefusal, { language }: Words, before = ''): TemplateResult => {
  const { title, detail, fields } = refusalWordsOf(refusal, language);
  return html`<div class="why">
    <p><strong>${before}${title}</strong></p>
    <p>${detail}</p>
    ${fields.map((field) => html`<p>${field}</p>`)}
  </div>`;
};

const mergedInto = (shown: ViewState, { mergedInto: id }: QueueRefusal) => {
  if (id === undefined) return nothing;
  const { say, titleOf } = shown.words;
  const into = shown.view.tickets.find(({ ticketId }) => ticketId === id);
  return into
    ? html`<p class="line">${say('mergedInto')} ${ticketLink(shown, id, titleOf(into))}</p>`
    : html`<p>${say('mergedIntoUnknown')}</p>`;
};

const remedy = ({ acts, words: { say } }: ViewState, entry: Entry, what: Remedy) => {
  switch (what) {
    case 'correct':
      return html`<a class="button" href="#corriger/${entry.seq}">${say('correct')}</a>`;
    case 'do-again-now':
      return html`<button class="button" @click=${() => void acts.doAgain(entry)}>${say('doAgain')}</button>`;
    case 'send-again':
      return html`<button class="button" @click=${() => void acts.sendAgain(entry)}>
        ${say('sendAgain')}
      </button>`;
    case 'move-to-merged':
      return html`<button class="button" @click=${() => void acts.moveToMerged(entry)}>
        ${say('noteThere')}
      </button>`;
    case 'none':
      return nothing;
  }
};

/** The button to give up an entry, with a confirmation: it can't be undone. */
const surrender = ({ view, acts, words: { say } }: ViewState, entry: Entry) => {
  const others = givenUpWith(entry, view.queue).length - 1;
  return html`<details class="surrender">
    <summary class="button quiet">${say('giveUp')}</summary>
    <p>${others === 0 ? say('willBeErased') : `${say('neverOpened')} ${others}.`}</p>
    <button class="button danger" @click=${() => void acts.giveUp(entry)}>${say('erase')}</button>
  </details>`;
};
