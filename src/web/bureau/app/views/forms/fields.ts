import { html, nothing, type TemplateResult } from 'lit-html';
import { isVisible } from '../../../../../shared/text/plain-text.js';

/** The values of a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

export interface Choice {
  value: string;
  label: string;
}

export interface Field {
  name: string;
  label: string;
  value?: string | undefined;
  required?: boolean;
  /** It has the focus when the form is opened. */
  isFirst?: boolean;
  /** What is wrong with what was written. */
  fault?: string | undefined;
  /** Tells fields of one name apart, where several stand on the page. */
  scope?: string | undefined;
}

const invalid = ({ fault }: Pick<Field, 'fault'>) => (fault === undefined ? nothing : 'true');
/** In the field's label, so that it is read with its name. */
const faultText = ({ fault }: Pick<Field, 'fault'>) =>
  fault === undefined ? nothing : html`<strong class="fault">${fault}</strong>`;

const classOf = ({ isFirst }: Pick<Field, 'isFirst'>): string => (isFirst ? 'first' : '');

export const textField = (
  field: Field & { maxLength?: number; options?: readonly string[] },
): TemplateResult => {
  const listId = `options-${field.scope ?? ''}${field.name}`;
  return html`<label class="field">
    <span>${field.label}</span>
    <input
      class=${classOf(field)}
      name=${field.name}
      .value=${field.value ?? ''}
      ?required=${field.required}
      maxlength=${field.maxLength ?? 100}
      list=${field.options ? listId : nothing}
      autocomplete="off"
      aria-invalid=${invalid(field)}
    />
    ${faultText(field)}
    ${
      field.options
        ? html`<datalist id=${listId}>
            ${field.options.map((option) => html`<option value=${option}></option>`)}
          </datalist>`
        : nothing
    }
  </label>`;
};

export const textArea = (field: Field & { maxLength?: number }): TemplateResult =>
  html`<label class="field">
    <span>${field.label}</span>
    <textarea
      class=${classOf(field)}
      name=${field.name}
      rows="4"
      maxlength=${field.maxLength ?? 10_000}
      ?required=${field.required}
      aria-invalid=${invalid(field)}
      .value=${field.value ?? ''}
    ></textarea>
    ${faultText(field)}
  </label>`;

export const selectField = (field: Field & { choices: readonly Choice[] }): TemplateResult =>
  html`<label class="field">
    <span>${field.label}</span>
    <select
      class=${classOf(field)}
      name=${field.name}
      ?required=${field.required}
      aria-invalid=${invalid(field)}
    >
      ${field.choices.map(
        ({ value, label }) =>
          html`<option value=${value} .selected=${value === field.value}>${label}</option>`,
      )}
    </select>
    ${faultText(field)}
  </label>`;

export const checkField = ({ name, label, value }: Pick<Field, 'name' | 'label' | 'value'>): TemplateResult =>
  html`<label class="check">
    <input type="checkbox" name=${name} .checked=${value === 'on'} />
    <span>${label}</span>
  </label>`;

/** The trimmed values of a form. */
export const valuesIn = (form: HTMLFormElement): Values =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  );

/** Checks that required texts have something to see: browsers accept spaces, the server does not. */
export const isFilledIn = (form: HTMLFormElement, message: string): boolean => {
  const texts = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
  const blank = texts.find(({ required, value }) => required && !isVisible(value));
  if (!blank) return true;
  blank.setCustomValidity(message);
  blank.reportValidity();
  blank.addEventListener('input', () => blank.setCustomValidity(''), { once: true });
  return false;
};
