import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { placeholderLabels, placeholders } from '../../../../../shared/template-placeholders.js';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import { commandVerbs } from '../../../../../shared/vocabulary.js';
import type { Shown } from '../../state.js';
import {
  fieldOfCommand,
  templateCommandTypes,
  withCommand,
  withCommandEarlier,
  withoutCommand,
  type Faults,
  type TemplateCommandType,
  type TemplateDraft,
} from '../../templates/template-draft.js';
import { sayIn } from '../../words.js';
import { commandFields, knownNames } from '../forms/command-fields.js';
import { checkField, isFilledIn, selectField, textArea, textField, type Values } from '../forms/fields.js';

type CommandDraft = TemplateDraft['commands'][number];

/** A template that is being written: who it is for, its text, and what it does, with what is wrong at each field. */
export const templateForm = (shown: Shown, draft: TemplateDraft): TemplateResult => {
  const { state, acts } = shown;
  const { faults, problem, isSaving } = state.templating;
  const say = sayIn(state.desk.language);
  const field = (name: 'name' | 'team' | 'establishment' | 'text', label: string) => ({
    ...{ name, label, value: draft[name], fault: faults[name], scope: 'template-' },
  });
  const own = state.desk.establishments.filter(({ isOwn }) => isOwn);
  // What would be typed while it is being saved would go with it.
  return html`<form
    name="template"
    class="template"
    autocomplete="off"
    ?inert=${isSaving}
    @input=${(event: Event) => acts.templates.edit(written(event.currentTarget as HTMLFormElement, draft))}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      // A choice that nobody touched is one, too.
      acts.templates.edit(written(form, draft));
      if (isFilledIn(form, say('write'))) void acts.templates.save();
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
        (event.currentTarget as HTMLFormElement).requestSubmit();
    }}
  >
    ${problem === undefined ? nothing : html`<p class="caution" role="alert">${problem}</p>`}
    <div data-own class="own">
      ${textField({ ...field('name', say('templateName')), required: true, maxLength: 120, isFirst: true })}
      <div class="beside">
        ${textField({ ...field('team', say('madeFor')), options: knownNames(state, 'team') })}
        ${selectField({
          ...field('establishment', say('establishment')),
          choices: [
            { value: '', label: say('allMine') },
            ...own.map(({ code, name }) => ({ value: code, label: name })),
          ],
        })}
      </div>
      ${checkField({ name: 'shared', label: say('shareTemplate'), value: draft.shared === 'team' ? 'on' : '' })}
      ${textArea(field('text', say('templateText')))}
    </div>
    <details class="placeholders">
      <summary>${say('placeholders')}</summary>
      <dl>
        ${placeholders.map(
          (name) =>
            html`<div>
              <dt><code>{{${name}}}</code></dt>
              <dd>${placeholderLabels[name][state.desk.language]}</dd>
            </div>`,
        )}
      </dl>
    </details>
    <h3>${say('templateActions')}</h3>
    <p class="hint">${say('templateActionsHint')}</p>
    ${fault(faults.commands)}
    <ol class="actions">
      ${repeat(
        draft.commands,
        ({ key }) => key,
        (command, at) => action(shown, { draft, command, at }),
      )}
    </ol>
    <label class="field add">
      <span>${say('addAction')}</span>
      <span class="beside">
        <select data-adds>
          ${templateCommandTypes.map((type) => html`<option value=${type}>${commandVerbs[type][state.desk.language]}</option>`)}
        </select>
        <button
          type="button"
          @click=${(event: Event) => {
            const form = (event.currentTarget as HTMLButtonElement).form;
            const select = form?.querySelector<HTMLSelectElement>('[data-adds]');
            if (select) acts.templates.edit(withCommand(draft, select.value as TemplateCommandType));
          }}
        >
          ${say('add')}
        </button>
      </span>
    </label>
    <div class="end">
      <button type="button" class="quiet" @click=${() => acts.templates.drop()}>${say('drop')}</button>
      <button ?disabled=${isSaving}>${say('save')}</button>
    </div>
  </form>`;
};

interface ShownAction {
  draft: TemplateDraft;
  command: CommandDraft;
  at: number;
}

const action = (shown: Shown, { draft, command, at }: ShownAction): TemplateResult => {
  const { state, acts } = shown;
  const { key, type } = command;
  const { language } = state.desk;
  const say = sayIn(language);
  const name = commandVerbs[type][language];
  return html`<li>
    <fieldset data-key=${key} aria-label=${name}>
      <div class="top">
        <h4>${name}</h4>
        <div class="verbs">
          <button
            type="button"
            class="small quiet"
            aria-label="${say('earlier')}: ${name}"
            ?disabled=${at === 0}
            @click=${() => acts.templates.edit(withCommandEarlier(draft, key))}
          >
            ↑
          </button>
          <button
            type="button"
            class="small quiet"
            aria-label="${say('remove')}: ${name}"
            @click=${() => acts.templates.edit(withoutCommand(draft, key))}
          >
            ${say('remove')}
          </button>
        </div>
      </div>
      ${fault(state.templating.faults[fieldOfCommand(at)])} ${actionFields(shown, command, at)}
    </fieldset>
  </li>`;
};

/** The fields of a command's own form, with what only a template says. */
const actionFields = (shown: Shown, { key, type, values }: CommandDraft, at: number): TemplateResult => {
  const say = sayIn(shown.state.desk.language);
  if (type === 'link') return html`<p><b class="reference">${referenceOf(values.to ?? '')}</b></p>`;
  const faults = faultsAt(shown.state.templating.faults, at);
  const check = (name: string, label: string) => checkField({ name, label, value: values[name] });
  return html`${commandFields(shown, { type, ticketIds: [] }, { values, faults, scope: `${key}-` })}
  ${type === 'assign' ? html`${check('noAssignee', say('noAssignee'))}${check('noTeam', say('noTeam'))}` : nothing}
  ${type === 'resolve' ? check('cascade', say('cascade')) : nothing}`;
};

const faultsAt = (faults: Faults, at: number): Values => {
  const start = `${fieldOfCommand(at)}/`;
  return Object.fromEntries(
    Object.entries(faults).flatMap(([name, text]) =>
      name.startsWith(start) ? [[name.slice(start.length), text]] : [],
    ),
  );
};

const fault = (text: string | undefined) =>
  text === undefined ? nothing : html`<p class="fault" role="alert">${text}</p>`;

/** The draft as the form has it. */
const written = (form: HTMLFormElement, draft: TemplateDraft): TemplateDraft => {
  const own = fieldsIn(form.querySelector('[data-own]'));
  return {
    ...{ ...draft, ...own, shared: own.shared === 'on' ? 'team' : 'me' },
    commands: draft.commands.map((command) => {
      const fieldset = form.querySelector(`[data-key="${command.key}"]`);
      return { ...command, values: { ...command.values, ...fieldsIn(fieldset) } };
    }),
  };
};

/** What stands in the fields of a part of a form; a box that is not ticked is empty. */
const fieldsIn = (part: Element | null): Values => {
  const fields =
    part?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('[name]') ?? [];
  return Object.fromEntries(
    [...fields].map((field) => {
      const isOff = field instanceof HTMLInputElement && field.type === 'checkbox' && !field.checked;
      return [field.name, isOff ? '' : field.value];
    }),
  );
};
