import { html, nothing, type TemplateResult } from 'lit-html';
import type { Asked, Opening } from '../queue/command.js';
import type { Draft, Person } from '../device/store.js';
import { choices, form, textArea, written } from './forms.js';
import { noHabits, type Shown } from './view.js';
import { categoryName, priorityName } from './words.js';

type Open = Extract<Asked, { type: 'open' }>;

/** The establishments someone may open tickets for; undefined: the tablet does not know them yet. */
const establishmentsOf = ({ establishments, reference }: Person) =>
  reference?.establishments.filter(({ code }) => establishments === 'all' || establishments.includes(code));

/** The form of a new ticket, or of one that was refused: what is chosen the same way each time is chosen already. */
export const openingForm = (
  { view, acts }: Shown,
  person: Person,
  { submit, cancel, done }: { submit: string; cancel: string; done: (asked: Open) => Promise<void> },
): TemplateResult => {
  const { reference, habits = noHabits } = person;
  const establishments = establishmentsOf(person);
  if (!reference || !establishments) {
    return html`<p class="empty">
      Cette tablette n’a pas encore reçu les listes d’établissements et de catégories. Il lui faut le réseau
      une première fois.
    </p>`;
  }
  const { draft } = view;
  const establishment = draft.establishment ?? habits.establishment;
  const usual = [...habits.categories.filter((code) => reference.categories.includes(code))];
  const categories = [...usual, ...reference.categories.filter((code) => !usual.includes(code))];
  const fields = html`
    <label class="field">
      <span>Que se passe-t-il?</span>
      <input name="title" required maxlength="200" enterkeyhint="next" .value=${draft.title ?? ''} />
    </label>
    <label class="field">
      <span>Où?</span>
      <input
        name="location"
        maxlength="200"
        list="locations"
        placeholder="Étage, unité, poste"
        .value=${draft.location ?? habits.locations[0] ?? ''}
      />
    </label>
    <datalist id="locations">
      ${habits.locations.map((place) => html`<option value=${place}></option>`)}
    </datalist>
    ${choices(
      'Catégorie',
      'category',
      categories.map((value) => ({ value, label: categoryName(value) })),
      draft.category,
    )}
    ${choices(
      'Priorité',
      'priority',
      reference.priorities.map((value) => ({ value, label: priorityName(value) })),
      draft.priority ?? habits.priority ?? 'P3',
    )}
    <details ?open=${Boolean(draft.description)}>
      <summary>Plus de détails</summary>
      ${textArea('Description', 'description', draft.description, { required: false })}
      <label class="field">
        <span>Équipe</span>
        <input name="team" maxlength="100" .value=${draft.team ?? habits.team ?? ''} />
      </label>
    </details>
    ${places(establishments, establishment, draft.site ?? habits.site)}
  `;
  return form(
    { name: 'open', submit, cancel },
    fields,
    (kept) => acts.keepDraft(kept),
    (values) => done(openingFrom(values)),
  );
};

/** Nothing to choose where there is only one. */
const places = (
  establishments: { code: string; name: string; sites: { code: string; name: string }[] }[],
  establishment: string | undefined,
  site: string | undefined,
) => {
  const [only] = establishments;
  const sites = establishments.flatMap(({ code, name, sites: all }) =>
    all.map((one) => ({
      ...one,
      of: code,
      label: establishments.length > 1 ? `${one.name} (${name})` : one.name,
    })),
  );
  return html`
    ${
      establishments.length === 1
        ? html`<input type="hidden" name="establishment" value=${only?.code ?? ''} />`
        : html`<label class="field">
            <span>Établissement</span>
            <select name="establishment" required>
              <option value="">Choisir…</option>
              ${establishments.map(
                ({ code, name }) =>
                  html`<option value=${code} ?selected=${code === establishment}>${name}</option>`,
              )}
            </select>
          </label>`
    }
    ${
      sites.length === 0
        ? nothing
        : html`<label class="field">
            <span>Installation</span>
            <select name="site">
              <option value="">Aucune en particulier</option>
              ${sites.map(
                ({ code, label, of }) =>
                  html`<option value=${code} ?selected=${code === site && of === establishment}>
                    ${label}
                  </option>`,
              )}
            </select>
          </label>`
    }
  `;
};

const openingFrom = (values: Draft): Open => {
  const names = ['establishment', 'site', 'title', 'description', 'category', 'priority', 'team', 'location'];
  return { type: 'open', ...(written(values, ...names) as unknown as Opening) };
};
