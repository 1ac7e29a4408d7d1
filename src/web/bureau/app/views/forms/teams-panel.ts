import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Shown } from '../../state.js';
import { sayIn } from '../../words.js';
import { knownNames } from './command-fields.js';
import { textField } from './fields.js';

/** Which teams are one's own: those of the listed tickets to tick, and a field for one that none of them has. */
export const teamsPanel = ({ state, acts }: Shown): TemplateResult => {
  const say = sayIn(state.desk.language);
  const offered = knownNames(state, 'team');
  return html`<form
    class="teams"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll('team');
      const names = chosen.flatMap((name) =>
        typeof name === 'string' && name.trim() !== '' ? [name.trim()] : [],
      );
      void acts.chooseTeams(names);
    }}
  >
    <p class="hint">${say('ownTeamsHint')}</p>
    ${state.teamsProblem === undefined ? nothing : html`<p class="caution" role="alert">${state.teamsProblem}</p>`}
    <fieldset aria-label=${say('ownTeams')}>
      ${repeat(
        offered,
        // A tick stays at its team where another one is heard of meanwhile.
        (team) => team,
        (team) =>
          html`<label class="check">
            <input
              type="checkbox"
              name="team"
              value=${team}
              .checked=${state.teams?.includes(team) === true}
            />
            <span>${team}</span>
          </label>`,
      )}
    </fieldset>
    ${textField({ name: 'team', label: say('otherTeam'), scope: 'teams-', isFirst: true })}
    <div class="end"><button ?disabled=${state.teams === undefined}>${say('save')}</button></div>
  </form>`;
};
