import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { filterWith, valueOf } from '../queue/filter.js';
import { ticketIn, type Shown } from '../state.js';
import { sayIn, type WordName } from '../words.js';
import { bulkBar } from './bulk-bar.js';
import { chips } from './chips.js';
import { row } from './row.js';
import { queueName } from './views.js';

/** The orders that people choose from, by the API's names. */
const sorts: readonly (readonly [sort: string, name: WordName])[] = [
  ['priority', 'byPriority'],
  ['age', 'byYoungest'],
  ['-age', 'byOldest'],
  ['-updated', 'byUpdate'],
];

/** The list of tickets with its name, its search and its filters. */
export const queue = (shown: Shown): TemplateResult => {
  const { state } = shown;
  const say = sayIn(state.desk.language);
  return html`<section class="queue" aria-labelledby="queue-title">
    <div class="head">
      <h2 id="queue-title">${queueName(state)} <span class="count">${countOf(shown)}</span></h2>
      ${search(shown)} ${sort(shown)}
      <button class="quiet" @click=${() => shown.acts.refresh()} title=${say('refresh')}>
        <span aria-hidden="true">↻</span><span class="unseen">${say('refresh')}</span>
      </button>
    </div>
    ${chips(shown)} ${arrived(shown)}
    ${state.listProblem === undefined ? list(shown) : html`<p class="empty" role="alert">${state.listProblem}</p>`}
    ${bulkBar(shown)}
  </section>`;
};

const countOf = ({ state }: Shown): string => {
  const { ids, nextCursor } = state.rows;
  return ids.length === 0 && state.isReading ? '' : `${ids.length}${nextCursor === null ? '' : '+'}`;
};

const search = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  return html`<form
    class="search"
    role="search"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const field = (event.currentTarget as HTMLFormElement).elements.namedItem('q');
      if (field instanceof HTMLInputElement) acts.search(field.value);
    }}
  >
    <label class="unseen" for="search">${say('search')}</label>
    <input
      id="search"
      type="search"
      name="q"
      placeholder=${say('searchHint')}
      autocomplete="off"
      .value=${live(valueOf(state.filter, 'q') ?? '')}
      @search=${(event: Event) => {
        if ((event.target as HTMLInputElement).value === '') acts.search('');
      }}
    />
    <kbd aria-hidden="true">/</kbd>
  </form>`;
};

const sort = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  const isSearch = valueOf(state.filter, 'q') !== undefined;
  const chosen = valueOf(state.filter, 'sort') ?? (isSearch ? '' : 'priority');
  const offered = isSearch ? [['', 'byRelevance'] as const, ...sorts] : sorts;
  return html`<label class="sort">
    <span class="unseen">${say('sort')}</span>
    <select
      @change=${(event: Event) => {
        const { value } = event.target as HTMLSelectElement;
        acts.filterBy(filterWith(state.filter, 'sort', !isSearch && value === 'priority' ? '' : value));
      }}
    >
      ${offered.map(
        ([value, name]) =>
          html`<option value=${value} .selected=${live(value === chosen)}>${say(name)}</option>`,
      )}
    </select>
  </label>`;
};

/** That there are tickets which the list does not show yet: it moves only when somebody wants it to. */
const arrived = ({ state, acts }: Shown): TemplateResult | typeof nothing => {
  const count = state.rows.arrived.size;
  if (count === 0) return nothing;
  const say = sayIn(state.desk.language);
  return html`<button class="arrived" @click=${() => acts.refresh()}>
    ${count} ${say(count > 1 ? 'newTickets' : 'newTicket')}
  </button>`;
};

const columns: readonly WordName[] = [
  ...(['pick', 'priority', 'reference', 'title', 'establishment', 'category'] as const),
  ...(['requester', 'status', 'assignedTo', 'age'] as const),
];

/** Over columns that are narrower than their words. */
const shortNames: Partial<Record<WordName, WordName>> = {
  priority: 'priorityShort',
  establishment: 'establishmentShort',
};

const list = (shown: Shown): TemplateResult => {
  const { state, acts } = shown;
  const { rows, current, selected, isReading, refusals, desk } = state;
  const say = sayIn(desk.language);
  const minute = Math.floor(state.now / 60_000);
  const hasRequesters = rows.ids.some((id) => state.known.get(id)?.requester);
  const isAll = rows.ids.length > 0 && rows.ids.every((id) => selected.has(id));
  return html`<div
    id="list"
    class="list"
    tabindex="-1"
    @scroll=${(event: Event) => {
      const { scrollTop, clientHeight, scrollHeight } = event.currentTarget as HTMLElement;
      if (scrollHeight - scrollTop - clientHeight < clientHeight) acts.readMore();
    }}
  >
    <div
      class=${hasRequesters ? nothing : 'without-requesters'}
      role="grid"
      aria-label=${say('list')}
      aria-multiselectable="true"
      aria-rowcount=${rows.nextCursor === null ? rows.ids.length + 1 : -1}
      aria-busy=${isReading}
    >
      <div class="row header" role="row" aria-rowindex="1">
        ${columns.map((name) =>
          name === 'pick'
            ? html`<div role="columnheader" class="pick">
                <input
                  type="checkbox"
                  aria-label=${say('pickAll')}
                  .checked=${live(isAll)}
                  .indeterminate=${!isAll && selected.size > 0}
                  @change=${() => acts.toggleAll()}
                />
              </div>`
            : html`<div role="columnheader" class=${name} aria-label=${say(name)} title=${say(name)}>
                ${say(shortNames[name] ?? name)}
              </div>`,
        )}
      </div>
      ${repeat(
        rows.ids,
        (id) => id,
        (id, index) => {
          const ticket = ticketIn(state, id);
          if (!ticket) return nothing;
          const parts = {
            ...{ ticket, index, isCurrent: id === current, isSelected: selected.has(id) },
            ...{ isOpen: state.open?.ticketId === id, hasLeft: rows.left.has(id), refusal: refusals.get(id) },
            isHeld:
              state.pending.some(({ ticketId, isHeld }) => isHeld && ticketId === id) || hasBulk(shown, id),
          };
          // A thousand rows are compared at each key, and only those that changed are made anew.
          const { ticket: _ticket, ...flags } = parts;
          const known = [state.known.get(id), state.pending, state.bulk, minute];
          return guard([...known, ...Object.values(flags)], () => row(shown, parts));
        },
      )}
    </div>
    ${rows.ids.length === 0 ? html`<p class="empty">${say(isReading ? 'reading' : 'empty')}</p>` : foot(shown)}
  </div>`;
};

const hasBulk = ({ state }: Shown, ticketId: string): boolean =>
  state.bulk?.ticketIds.includes(ticketId) === true;

const foot = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  if (state.rows.nextCursor === null) return html`<p class="foot">${say('theEnd')}</p>`;
  return html`<p class="foot">
    ${
      state.isReading
        ? say('reading')
        : html`<button class="quiet" tabindex="-1" @click=${() => acts.readMore()}>${say('more')}</button>`
    }
  </p>`;
};
