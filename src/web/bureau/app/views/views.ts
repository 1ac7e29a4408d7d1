import { html, nothing, type TemplateResult } from 'lit-html';
import type { View } from '../api/answers.js';
import { addressOf, filterOf, filterOfView, isSameFilter, valueOf, type Filter } from '../queue/filter.js';
import type { Shown, State } from '../state.js';
import { sayIn } from '../words.js';

/** The queue of an address without parameters: every active ticket. */
const allActive = filterOf('');

/** The built-in queue of one's own teams, by the API's name. */
const ownTeams = 'my-teams';

const viewOf = ({ views, filter }: State): View | undefined =>
  views.find((view) => isSameFilter(filterOfView(view), filter));

/** What the shown queue is called. */
export const queueName = (state: State): string => {
  const say = sayIn(state.desk.language);
  const view = viewOf(state);
  if (view) return view.name;
  if (isSameFilter(state.filter, allActive)) return say('allActive');
  return say(valueOf(state.filter, 'q') === undefined ? 'filtered' : 'results');
};

/** The queues that everybody has, and the saved views, each with its count. */
export const views = (shown: Shown): TemplateResult => {
  const { state, acts } = shown;
  const say = sayIn(state.desk.language);
  const current = viewOf(state);
  const builtIn = state.views.filter((view) => view.builtIn);
  const saved = state.views.filter((view) => !view.builtIn);
  const link = (view: View): TemplateResult =>
    queueLink(shown, {
      name: view.name,
      filter: filterOfView(view),
      count: view.count,
      isCurrent: view.id === current?.id,
    });
  return html`<nav class="views" aria-label=${say('queues')}>
    <ul>
      ${queueLink(shown, {
        ...{ name: say('allActive'), filter: allActive, count: undefined },
        isCurrent: !current && isSameFilter(state.filter, allActive),
      })}
      ${builtIn.map((view) =>
        view.id === ownTeams && state.teams?.length === 0 ? teamsToChoose(shown, view.name) : link(view),
      )}
    </ul>
    ${
      saved.length === 0
        ? nothing
        : html`<h2>${say('ownViews')}</h2>
            <ul>
              ${saved.map(link)}
            </ul>`
    }
    ${
      current?.mine
        ? html`<button class="quiet small" @click=${() => acts.deleteView(current)}>
            ${say('deleteView')}
          </button>`
        : nothing
    }
    ${
      state.teams?.length === 0
        ? nothing
        : html`<button class="quiet small" @click=${() => acts.showPanel('teams')}>
            ${say('ownTeams')}
          </button>`
    }
    <button class="quiet small" @click=${() => acts.templates.manage()}>${say('templates')}</button>
  </nav>`;
};

/** In the place of the queue, until somebody has said which teams are theirs. */
const teamsToChoose = ({ state, acts }: Shown, name: string): TemplateResult =>
  html`<li>
    <button class="quiet choose-teams" @click=${() => acts.showPanel('teams')}>
      ${name}: ${sayIn(state.desk.language)('chooseTeams')}
    </button>
  </li>`;

interface QueueLink {
  name: string;
  filter: Filter;
  count: number | null | undefined;
  isCurrent: boolean;
}

/** A link, so that it opens in a tab of its own; here it changes the list alone. */
const queueLink = ({ acts }: Shown, { name, filter, count, isCurrent }: QueueLink): TemplateResult =>
  html`<li>
    <a
      href="/bureau?${addressOf(filter).toString()}"
      aria-current=${isCurrent ? 'page' : nothing}
      @click=${(event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        acts.filterBy(filter);
      }}
      ><span>${name}</span
      >${typeof count === 'number' ? html`<span class="count">${count}</span>` : nothing}</a
    >
  </li>`;
