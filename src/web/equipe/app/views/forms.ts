import { requesterText } from '../../../../shared/requester.js';
import { html, type TemplateResult } from 'lit-html';
import { isVisible } from '../../../../shared/text/plain-text.js';
import { maxTextLength, type QueuedCommand } from '../queue/command.js';
import type { Draft } from '../device/person.js';
import type { Words } from './words/words.js';
import { notice, updateNotices } from '../notices/identifier-notice.js';

interface Choice {
  value: string;
  label: string;
}

/** A choice of one option, as buttons large enough for a thumb. */
export const choices = (
  legend: string,
  { name, options, chosen }: { name: string; options: readonly Choice[]; chosen: string | undefined },
): TemplateResult => html`
  <fieldset class="choices">
    <legend>${legend}</legend>
    <div>
      ${options.map(
        ({ value, label }) => html`
          <label class="choice">
            <input type="radio" name=${name} value=${value} required ?checked=${value === chosen} />
            <span>${label}</span>
          </label>
        `,
      )}
    </div>
  </fieldset>
`;

interface TextAreaField {
  words: Words;
  name: string;
  value: string | undefined;
  required?: boolean;
  maxLength?: number;
}

export const textArea = (
  label: string,
  { words, name, value, required = true, maxLength = maxTextLength }: TextAreaField,
): TemplateResult => html`
  <label class="field">
    <span>${label}</span>
    <textarea
      name=${name}
      rows="4"
      maxlength=${maxLength}
      aria-describedby="notice-${name}"
      ?required=${required}
      .value=${value ?? ''}
    ></textarea>
  </label>
  ${notice(words, name, value)}
`;

interface FormParts {
  words: Words;
  name: string;
  submit: string;
  cancel: string;
  /** What keeps a field from being saved as it is; undefined where nothing does. */
  refusal?: (field: { name: string; value: string }) => string | undefined;
  kept: (draft: Draft) => void;
  done: (values: Draft) => Promise<void>;
}

/** A form that reports each change as a draft, and hands over its trimmed values once: its button is disabled meanwhile. */
export const form = (
  fields: TemplateResult | TemplateResult[],
  { words, name, submit, cancel, refusal = () => undefined, kept, done }: FormParts,
): TemplateResult => html`
  <form
    class="sheet"
    name=${name}
    autocomplete="off"
    @input=${(event: Event) => {
      for (const field of textsIn(event)) field.setCustomValidity('');
      updateNotices(words, textsIn(event));
      kept(valuesIn(event));
    }}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (!hasWords(event, words) || isRefused(event, refusal)) return;
      const button = (event.currentTarget as HTMLFormElement).querySelector('button');
      if (button) button.disabled = true;
      void done(valuesIn(event)).finally(() => {
        if (button) button.disabled = false;
      });
    }}
  >
    ${fields}
    <div class="end">
      <a class="button quiet" href=${cancel}>${words.say('back')}</a>
      <button class="button">${submit}</button>
    </div>
  </form>
`;

type TextField = HTMLInputElement | HTMLTextAreaElement;

const textsIn = (event: Event): TextField[] => [
  ...(event.currentTarget as HTMLFormElement).querySelectorAll<TextField>('input, textarea'),
];

/** Checks that required texts have visible characters: browsers accept spaces and invisible characters, the server does not. */
const hasWords = (event: Event, { say }: Words): boolean => {
  const blank = textsIn(event).find(({ required, value }) => required && !isVisible(value));
  blank?.setCustomValidity(say('writeSomething'));
  blank?.reportValidity();
  return blank === undefined;
};

const isRefused = (event: Event, refusal: NonNullable<FormParts['refusal']>): boolean => {
  const field = textsIn(event).find((text) => refusal(text) !== undefined);
  field?.setCustomValidity(refusal(field) ?? '');
  field?.reportValidity();
  return field !== undefined;
};

const valuesIn = (event: Event): Draft => {
  const fields = [...new FormData(event.currentTarget as HTMLFormElement)];
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.trim()]] : [])),
  );
};

/** The named values of a form; empty ones are left out. */
export const written = (values: Draft, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (values[name] ? [[name, values[name]]] : [])));

/** The values of a command as the fields of its form. */
export const valuesOf = (queued: QueuedCommand): Draft => {
  const { resolution, requester, ...rest } = { resolution: undefined, requester: undefined, ...queued };
  const texts = Object.entries({ ...rest, ...resolution, requester: requesterText(requester) });
  return Object.fromEntries(
    texts.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
};
