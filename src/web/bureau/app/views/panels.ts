import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { bindings } from '../keys/keymap.js';
import { momentOf } from '../moments.js';
import type { Shown } from '../state.js';
import { namesIn, sayIn } from '../words.js';
import { checkField, isFilledIn, textField, valuesIn } from './forms/fields.js';
import { filterPanel } from './forms/filter-panel.js';
import { teamsPanel } from './forms/teams-panel.js';
import { templateChooser } from './templates/template-chooser.js';
import { templatePanel } from './templates/template-panel.js';

/** The dialog that is open: the browser keeps the focus in it, and gives it back. */
export const panel = (shown: Shown): TemplateResult | typeof nothing => {
  const { state } = shown;
  const say = sayIn(state.desk.language);
  switch (state.panel) {
    case undefined:
      return nothing;
    case 'help':
      return dialog(shown, say('keys'), help(shown));
    case 'filters':
      return dialog(shown, say('filters'), filterPanel(shown));
    case 'notifications':
      return dialog(shown, say('notifications'), news(shown));
    case 'save-view':
      return dialog(shown, say('saveView'), saving(shown));
    case 'teams':
      return dialog(shown, say('ownTeams'), teamsPanel(shown));
    case 'choose-template':
      return dialog(shown, say('template'), templateChooser(shown));
    case 'templates':
      return dialog(shown, say(state.templating.draft ? 'template' : 'templates'), templatePanel(shown));
  }
};

const dialog = ({ state, acts }: Shown, title: string, content: TemplateResult): TemplateResult =>
  html`<dialog
    aria-labelledby="panel-title"
    class=${state.panel ?? ''}
    @close=${() => acts.showPanel(undefined)}
    @click=${(event: MouseEvent) => {
      if (event.target === event.currentTarget) acts.showPanel(undefined);
    }}
  >
    <div class="sheet">
      <div class="top">
        <h2 id="panel-title">${title}</h2>
        <button class="quiet small" @click=${() => acts.showPanel(undefined)}>
          ${sayIn(state.desk.language)('close')} <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
      ${content}
    </div>
  </dialog>`;

const keyNames: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  Enter: '⏎',
  X: '⇧ x',
  P: '⇧ p',
};

const help = ({ state, acts }: Shown): TemplateResult => {
  const { language } = state.desk;
  return html`<dl class="keys">
      ${bindings.map(
        ({ keys, label }) =>
          html`<div>
            <dt>${keys.map((key) => html`<kbd>${keyNames[key] ?? key}</kbd> `)}</dt>
            <dd>${label[language]}</dd>
          </div>`,
      )}
    </dl>
    <label class="check">
      <input
        type="checkbox"
        ?checked=${state.hasCharacterKeys}
        @change=${({ target }: Event) => acts.useCharacterKeys((target as HTMLInputElement).checked)}
      />
      <span>${sayIn(language)('characterKeys')}</span>
    </label>`;
};

const news = ({ state, acts }: Shown): TemplateResult => {
  const { language } = state.desk;
  const names = namesIn(language);
  if (state.notifications.length === 0) return html`<p class="empty">${sayIn(language)('nothingNew')}</p>`;
  return html`<ul class="news">
    ${state.notifications.map(
      ({ ticketId, actor, type, title, reason, occurredAt }) =>
        html`<li>
          <a
            href="/bureau?ticket=${ticketId}"
            @click=${(event: MouseEvent) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              acts.open(ticketId);
            }}
          >
            <b>${actor}</b> ${names.event(type)} <span class="reference">${referenceOf(ticketId)}</span>
            ${names.title(title)}
          </a>
          <span class="hint"
            >${names.notificationReason(reason)} · ${momentOf(occurredAt, state.now, language)}</span
          >
        </li>`,
    )}
  </ul>`;
};

const saving = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      if (!isFilledIn(form, say('write'))) return;
      const { name = '', team } = valuesIn(form);
      acts.saveView(name, team === 'on' ? 'team' : 'me');
    }}
  >
    ${textField({ name: 'name', label: say('viewName'), required: true, maxLength: 120 })}
    ${checkField({ name: 'team', label: say('shareView'), value: undefined })}
    <div class="end"><button>${say('save')}</button></div>
  </form>`;
};
