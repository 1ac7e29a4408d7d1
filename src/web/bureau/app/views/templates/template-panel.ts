import { html, nothing, type TemplateResult } from 'lit-html';
import type { Template } from '../../api/answers.js';
import type { Shown } from '../../state.js';
import { templatesMatching } from '../../templates/template-draft.js';
import { sayIn } from '../../words.js';
import { actionsOf } from './template-chooser.js';
import { templateForm } from './template-form.js';

/** The templates that an agent may use, by team; their own can be changed and deleted. */
export const templatePanel = (shown: Shown): TemplateResult => {
  const { state, acts } = shown;
  const { draft, templates, problem } = state.templating;
  if (draft) return templateForm(shown, draft);
  const say = sayIn(state.desk.language);
  const teams = [...new Set(templates.map(({ team }) => team))].sort((a, b) =>
    (a ?? '').localeCompare(b ?? ''),
  );
  return html`${problem === undefined ? nothing : html`<p class="caution" role="alert">${problem}</p>`}
    <p class="hint">${say('templatesHint')}</p>
    ${teams.map(
      (team) =>
        html`<section class="team">
          <h3>${team ?? say('everyTeam')}</h3>
          <ul class="kept">
            ${templatesMatching(
              templates.filter((template) => template.team === team),
              '',
            ).map((template) => entry(shown, template))}
          </ul>
        </section>`,
    )}
    ${templates.length === 0 ? html`<p class="empty">${say('noTemplates')}</p>` : nothing}
    <div class="end">
      <button type="button" class="new" autofocus @click=${() => acts.templates.begin()}>
        ${say('newTemplate')}
      </button>
    </div>`;
};

const entry = ({ state, acts }: Shown, template: Template): TemplateResult => {
  const say = sayIn(state.desk.language);
  const { name, author, mine, shared, id } = template;
  const isAsked = state.templating.deleting === id;
  return html`<li>
    <div>
      <b>${name}</b>
      ${shared === 'me' ? html`<span class="mark">${say('onlyMine')}</span>` : nothing}
      <span class="hint">${actionsOf(state, template)}${mine ? '' : ` · ${author}`}</span>
    </div>
    ${
      mine
        ? html`<div class="verbs">
            ${
              isAsked
                ? html`<button
                      type="button"
                      class="small danger"
                      @click=${() => void acts.templates.delete(template)}
                    >
                      ${say('deleteForGood')}
                    </button>
                    <button type="button" class="small quiet" @click=${() => acts.templates.keep()}>
                      ${say('drop')}
                    </button>`
                : html`<button
                      type="button"
                      class="small"
                      aria-label="${say('change')}: ${name}"
                      @click=${() => acts.templates.begin(template)}
                    >
                      ${say('change')}
                    </button>
                    <button
                      type="button"
                      class="small quiet"
                      aria-label="${say('delete')}: ${name}"
                      @click=${() => void acts.templates.delete(template)}
                    >
                      ${say('delete')}
                    </button>`
            }
          </div>`
        : nothing
    }
  </li>`;
};
