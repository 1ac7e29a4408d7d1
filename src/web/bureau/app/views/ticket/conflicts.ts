import { html, type TemplateResult } from 'lit-html';
import { commandVerbs, withinSentence } from '../../../../../shared/vocabulary.js';
import { requesterText } from '../../../../../shared/requester.js';
import type { Language } from '../../../../../shared/text/text.js';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import { momentOf } from '../../moments.js';
import type { Shown } from '../../state.js';
import type { AgentCommand } from '../../tickets/command.js';
import { namesIn, sayIn } from '../../words.js';
import { sentence } from './history.js';

/** What somebody else did while this agent decided: apply it on what is now, or drop it. */
export const conflicts = ({ state, acts }: Shown, ticketId: string): TemplateResult[] => {
  const { language } = state.desk;
  const say = sayIn(language);
  return state.conflicts
    .filter(({ pending }) => pending.ticketId === ticketId)
    .map(
      (conflict) =>
        html`<div class="conflict" role="alert">
          <h3>${say('conflict')}</h3>
          <p>${say('youWanted')} <b>${wanted(conflict.pending.command, language)}</b></p>
          <p>${say('meanwhile')}:</p>
          <ul>
            ${conflict.meanwhile.map(
              (item) =>
                html`<li>
                  ${sentence(item)}
                  <span class="hint">${momentOf(item.occurredAt, state.now, language)}</span>
                </li>`,
            )}
          </ul>
          <div class="verbs">
            <button class="main" @click=${() => acts.applyAgain(conflict)}>${say('applyAgain')}</button>
            <button class="quiet" @click=${() => acts.dropConflict(conflict)}>${say('drop')}</button>
          </div>
        </div>`,
    );
};

/** A command with what was chosen or written for it: «Mettre en attente: le fournisseur». */
const wanted = (command: AgentCommand, language: Language): string => {
  const details = detailsOf(command, language).filter(Boolean).join(', ');
  return `${commandVerbs[command.type][language]}${details === '' ? '' : `: ${details}`}`;
};

const detailsOf = (command: AgentCommand, language: Language): (string | null | undefined)[] => {
  const names = namesIn(language);
  switch (command.type) {
    case 'assign':
      return [command.assignee, command.team];
    case 'hold':
      return [withinSentence(names.holdReason(command.reason)), command.note];
    case 'resolve':
      return [withinSentence(names.resolution(command.resolution.code)), command.resolution.note];
    case 'reopen':
    case 'cancel':
      return [command.reason];
    case 'merge':
      return [referenceOf(command.into)];
    case 'link':
      return [referenceOf(command.to)];
    case 'transfer':
      return [command.establishment, command.site];
    case 'recategorize':
      return [withinSentence(names.category(command.category))];
    case 'reprioritize':
      return [withinSentence(names.priority(command.priority))];
    case 'requester':
      return [requesterText(command.requester)];
    case 'note':
      return [command.body];
    case 'start':
    case 'close':
    case 'watch':
    case 'unwatch':
      return [];
  }
};
