import { html, type TemplateResult } from 'lit-html';
import { commandVerbs, withinSentence } from '../../../../shared/vocabulary.js';
import { momentOf } from '../moments.js';
import type { Shown } from '../state.js';
import { sayIn } from '../words.js';
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
          <p>${say('youWanted')} ${withinSentence(commandVerbs[conflict.pending.command.type][language])}.</p>
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
