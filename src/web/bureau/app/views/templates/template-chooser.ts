import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import { commandVerbs } from '../../../../../shared/vocabulary.js';
import type { Template } from '../../api/answers.js';
import type { Shown, State } from '../../state.js';
import { canFill, templatesMatching } from '../../templates/template-draft.js';
import { sayIn } from '../../words.js';

/** Those that can be chosen now, by what was typed. */
const offered = ({ templating, form, teams }: State): Template[] => {
  const { purpose, templates, typed } = templating;
  const usable =
    purpose === 'apply' ? templates : templates.filter((each) => form && canFill(each, form.type));
  return templatesMatching(usable, typed, teams);
};

/** What a template does, in the verbs of its actions. */
export const actionsOf = ({ desk }: State, { commands }: Pick<Template, 'commands'>): string => {
  const types = commands.length === 0 ? (['note'] as const) : commands.map(({ type }) => type);
  return types.map((type) => commandVerbs[type][desk.language]).join(', ');
};

/** A template is chosen by a few letters and Enter. */
export const templateChooser = (shown: Shown): TemplateResult => {
  const { state, acts } = shown;
  const { purpose, targets, typed, templates } = state.templating;
  const say = sayIn(state.desk.language);
  const found = offered(state);
  const [only = '', ...others] = targets;
  return html`<p class="hint">
      ${say(purpose === 'fill' ? 'fillHint' : 'applyHint')}
      ${others.length === 0 ? html`<b class="reference">${referenceOf(only)}</b>` : html`<b>${targets.length}</b> ${say('tickets')}`}
    </p>
    <label class="field">
      <span>${say('template')}</span>
      <input
        class="first"
        type="search"
        autofocus
        autocomplete="off"
        .value=${typed}
        @input=${(event: InputEvent) => acts.templates.narrow((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || !found[0]) return;
          event.preventDefault();
          void acts.templates.use(found[0]);
        }}
      />
    </label>
    <ul class="choices" aria-label=${say('templates')}>
      ${found.map(
        (template) =>
          html`<li>
            <button type="button" @click=${() => void acts.templates.use(template)}>
              <b>${template.name}</b>
              ${template.team === null ? nothing : html`<span class="mark">${template.team}</span>`}
              <span class="hint"
                >${purpose === 'fill' ? (template.text ?? '') : actionsOf(state, template)}</span
              >
            </button>
          </li>`,
      )}
    </ul>
    ${found.length > 0 ? nothing : html`<p class="empty">${say(templates.length === 0 ? 'noTemplates' : 'noTemplateFound')}</p>`}
    <p>
      <button type="button" class="quiet small" @click=${() => acts.templates.manage()}>
        ${say('manageTemplates')}
      </button>
    </p>`;
};
