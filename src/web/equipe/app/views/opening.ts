import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import type { QueuedCommand, OpeningFields } from '../queue/command.js';
import type { Reference } from '../device/answers.js';
import type { Draft, Habits, Person } from '../device/person.js';
import { maxRequesterLength, requesterFrom } from '../../../../shared/requester.js';
import { alreadyReported } from './already-reported.js';
import { choices, form, textArea, written } from './forms.js';
import { isRefusedTitle, notice } from '../notices/identifier-notice.js';
import { noHabits, type ViewState } from './view.js';
import type { Words } from './words/words.js';

type Open = Extract<QueuedCommand, { type: 'open' }>;

/** The establishments that a person may open tickets for; undefined while the tablet has no list of them yet. */
const establishmentsOf = ({ establishments, reference }: Person) =>
  reference?.establishments.filter(({ code }) => establishments === 'all' || establishments.includes(code));

/** The form of a new or refused opening; the person's usual choices are already made. */
export const openingForm = (
  shown: ViewState,
  person: Person,
  { submit, cancel, done }: { submit: string; cancel: string; done: (queued: Open) => Promise<void> },
): TemplateResult => {
  const { view, acts, words } = shown;
  const { reference, habits = noHabits } = person;
  const establishments = establishmentsOf(person);
  if (!reference || !establishments) {
    return html`<p class="empty">${words.say('listsMissing')}</p>`;
  }
  const reported = view.route.page === 'new' ? alreadyReported(shown) : nothing;
  return form(openingFields(view, { establishments, reference, habits, acts, words, reported }), {
    ...{ words, name: 'open', submit, cancel },
    refusal: ({ name, value }) =>
      name === 'title' && person.healthNumbersInTitles === 'refuse' && isRefusedTitle(value)
        ? words.say('titleRefused')
        : undefined,
    kept: (draft) => acts.keepDraft(draft),
    done: (values) => done(openingFrom(values)),
  });
};

/** The data of the fields: the server's lists, and the person's earlier choices. */
interface Offered {
  establishments: Reference['establishments'];
  reference: Reference;
  habits: Habits;
  acts: ViewState['acts'];
  words: Words;
  /** Tickets that may be the same. */
  reported: TemplateResult | typeof nothing;
}

const openingFields = ({ draft, typed }: ViewState['view'], offered: Offered): TemplateResult => {
  const { establishments, habits, acts, words } = offered;
  const { say } = words;
  const [only, ...others] = establishments;
  const establishment = others.length === 0 ? only?.code : (draft.establishment ?? habits.establishment);
  const sites = establishments.find(({ code }) => code === establishment)?.sites ?? [];
  return html`
    ${titleAndLocation({ draft, typed }, offered)} ${categoryAndPriority(draft, offered)}
    <details ?open=${Boolean(draft.description)}>
      <summary>${say('moreDetails')}</summary>
      ${textArea(say('description'), { words, name: 'description', value: draft.description, required: false })}
      <label class="field">
        <span>${say('team')}</span>
        <input name="team" maxlength="100" .value=${draft.team ?? habits.team ?? ''} />
      </label>
    </details>
    ${establishmentField(establishments, establishment, { say, choose: (code) => acts.chooseEstablishment(code) })}
    ${keyed(establishment, siteField(sites, draft.site ?? habits.site, say))}
  `;
};

const titleAndLocation = (
  { draft, typed }: Pick<ViewState['view'], 'draft' | 'typed'>,
  { habits, words, reported }: Pick<Offered, 'habits' | 'words' | 'reported'>,
): TemplateResult => html`
  <label class="field">
    <span>${words.say('whatHappens')}</span>
    <input
      name="title"
      required
      maxlength="200"
      enterkeyhint="next"
      aria-describedby="notice-title"
      .value=${draft.title ?? ''}
    />
  </label>
  ${notice(words, 'title', draft.title)} ${reported}
  <label class="field">
    <span>${words.say('where')}</span>
    <input
      name="location"
      maxlength="200"
      list="locations"
      placeholder=${words.say('whereHint')}
      aria-describedby="notice-location"
      .value=${draft.location ?? habits.locations[0] ?? ''}
    />
  </label>
  ${notice(words, 'location', draft.location ?? habits.locations[0])}
  ${keptPlace(typed.location ?? draft.location ?? habits.locations[0], { habits, words })}
  <label class="field">
    <span>${words.say('forWhom')}</span>
    <input
      name="requester"
      maxlength=${maxRequesterLength}
      autocomplete="off"
      aria-describedby="notice-requester"
      placeholder=${words.say('forWhomHint')}
      .value=${draft.requester ?? ''}
    />
  </label>
  ${notice(words, 'requester', draft.requester)}
  <datalist id="locations">
    ${habits.locations.map((place) => html`<option value=${place}></option>`)}
  </datalist>
`;

/** Says that the place is the one of the ticket before: whoever has walked on since must not send it unread. */
const keptPlace = (
  place: string | undefined,
  {
    habits: {
      locations: [last],
    },
    words: { say },
  }: Pick<Offered, 'habits' | 'words'>,
) =>
  last === undefined || place !== last
    ? nothing
    : html`<p class="kept">
        ${say('samePlace')}
        <button type="button" class="button quiet" @click=${clearPlace}>${say('elsewhere')}</button>
      </p>`;

const clearPlace = (event: Event): void => {
  const field = (event.target as HTMLElement).closest('form')?.elements.namedItem('location');
  if (!(field instanceof HTMLInputElement)) return;
  field.value = '';
  field.focus();
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

/** The fields for category and priority; the categories that the person chose last come first. */
const categoryAndPriority = (
  draft: Draft,
  { reference, habits, words }: Pick<Offered, 'reference' | 'habits' | 'words'>,
): TemplateResult => {
  const usual = habits.categories.filter((code) => reference.categories.includes(code));
  const categories = [...usual, ...reference.categories.filter((code) => !usual.includes(code))];
  return html`
    ${choices(words.say('category'), {
      name: 'category',
      options: categories.map((value) => ({ value, label: words.categoryName(value) })),
      chosen: draft.category,
    })}
    ${choices(words.say('priority'), {
      name: 'priority',
      options: reference.priorities.map((value) => ({ value, label: words.priorityName(value) })),
      chosen: draft.priority ?? habits.priority ?? 'P3',
    })}
  `;
};

interface Place {
  code: string;
  name: string;
}

/** The field for the establishment; hidden where there is only one. */
const establishmentField = (
  establishments: readonly Place[],
  chosen: string | undefined,
  { say, choose }: { say: Words['say']; choose: (code: string) => void },
) =>
  establishments.length === 1
    ? html`<input type="hidden" name="establishment" value=${chosen ?? ''} />`
    : html`<label class="field">
        <span>${say('establishment')}</span>
        <select
          name="establishment"
          required
          @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}
        >
          <option value="">${say('choose')}</option>
          ${establishments.map(
            ({ code, name }) => html`<option value=${code} ?selected=${code === chosen}>${name}</option>`,
          )}
        </select>
      </label>`;

/** The field for the site, with the sites of the chosen establishment only: a ticket with another site would be refused. */
const siteField = (sites: readonly Place[], chosen: string | undefined, say: Words['say']) =>
  sites.length === 0
    ? nothing
    : html`<label class="field">
        <span>${say('site')}</span>
        <select name="site">
          <option value="">${say('noSite')}</option>
          ${sites.map(
            ({ code, name }) => html`<option value=${code} ?selected=${code === chosen}>${name}</option>`,
          )}
        </select>
      </label>`;

/** The fields of an opening that a form holds, as far as they are written. */
export const openingTyped = (values: Draft): Partial<OpeningFields> => {
  const names = ['establishment', 'site', 'title', 'description', 'category', 'priority', 'team', 'location'];
  const requester = requesterFrom(values.requester ?? '');
  const fields = { ...written(values, ...names), ...(requester ? { requester } : {}) };
  return fields;
};

/** The form lets nobody save it before all that an opening needs is there. */
const openingFrom = (values: Draft): Open => ({ type: 'open', ...(openingTyped(values) as OpeningFields) });
