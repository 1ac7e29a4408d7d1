import { html, nothing, type TemplateResult } from 'lit-html';
import { activeNowLabel } from '../../../../shared/vocabulary.js';
import { filterOf, filterWithout, isSameFilter, type Filter } from '../queue/filter.js';
import type { Shown, State } from '../state.js';
import { namesIn, sayIn } from '../words.js';

/** What the list is filtered by, each taken off by a button. */
export const chips = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  const shown = state.filter.filter(([name]) => name !== 'sort');
  return html`<div class="chips">
    <ul aria-label=${say('filters')}>
      ${shown.map(
        (chip) =>
          html`<li>
            <button
              class="chip"
              aria-label="${say('remove')}: ${chipText(state, chip)}"
              @click=${() => acts.filterBy(filterWithout(state.filter, chip))}
            >
              ${chipText(state, chip)} <span aria-hidden="true">×</span>
            </button>
          </li>`,
      )}
    </ul>
    <button class="quiet small" @click=${() => acts.showPanel('filters')}>+ ${say('filters')}</button>
    ${
      isSameFilter(state.filter, filterOf(''))
        ? nothing
        : html`<button class="quiet small" @click=${() => acts.filterBy(filterOf(''))}>
              ${say('clear')}
            </button>
            <button class="quiet small" @click=${() => acts.showPanel('save-view')}>
              ${say('saveView')}
            </button>`
    }
  </div>`;
};

const chipText = ({ desk }: State, [name, value]: Filter[number]): string => {
  const { language } = desk;
  const say = sayIn(language);
  const names = namesIn(language);
  switch (name) {
    case 'status':
      return value === 'active' ? activeNowLabel[language] : names.status(value);
    case 'establishment':
      return desk.establishments.find(({ code }) => code === value)?.name ?? value;
    case 'category':
      return names.category(value);
    case 'priority':
      return `${value} · ${names.priority(value)}`;
    case 'team':
      return `${say('team')}: ${value}`;
    case 'teams':
      return say('ownTeam');
    case 'assignee':
      return `${say('assignee')}: ${value === 'me' ? say('me') : value}`;
    case 'unassigned':
      return `${say('assignee')}: ${say('nobody')}`;
    case 'requester':
      return `${say('requester')}: ${value}`;
    case 'watching':
      return say('watchingMe');
    case 'olderThan':
      return `${say('olderThan')} ${value} ${say('hours')}`;
    case 'openedFrom':
      return `${say('openedFrom')} ${value}`;
    case 'openedTo':
      return `${say('openedTo')} ${value}`;
    case 'q':
      return `«${value}»`;
    case 'sort':
      return value;
  }
};
