import { html, nothing, type TemplateResult } from 'lit-html';
import { languageLink } from '../views/language-link.js';
import type { TextName } from '../views/words/texts.js';
import type { View, ViewState } from '../views/view.js';
import type { Words } from '../views/words/words.js';

export const signInLink = ({ say }: Words): TemplateResult =>
  html`<a class="button" href="/sign-in?returnTo=/equipe">${say('signIn')}</a>`;

/** Whoever is signed in has no business here, such as a producer who looks around: their own pages are at the start page. */
export const isOfOtherRole = ({ sync, current }: View): boolean =>
  current === undefined && sync.kind === 'refused' && sync.refusal.code === 'role-not-allowed';

/** Who has to do something about what waits: whoever reads it, or somebody else. By whether one or several requests wait. */
const waiting: Record<'here' | 'other', readonly [one: TextName, several: TextName]> = {
  here: ['waitsHere', 'waitHere'],
  other: ['waitsForOther', 'waitForOther'],
};

/** How many requests of a person wait: never what they are. */
const heldLine = (
  { person, count }: View['held'][number],
  { words, who }: { words: Words; who: keyof typeof waiting },
): TemplateResult => {
  const [one, several] = waiting[who];
  return html`<p>
    ${words.counted(count, 'requestOf')}
    <strong>${person}</strong> ${words.say(words.isSeveral(count) ? several : one)}
  </p>`;
};

/** What waits for others, while somebody is signed in. */
export const heldFor = (held: View['held'], words: Words): TemplateResult[] =>
  held.map((each) => html`<div class="warning quiet">${heldLine(each, { words, who: 'other' })}</div>`);

/** The page while nobody is signed in: it shows nothing of anybody but how much waits for whom. */
export const lockedPage = (shown: ViewState): TemplateResult => {
  const { view, words } = shown;
  const { sync, held, isKnown, isChecked } = view;
  const { say } = words;
  if (!isChecked) {
    return html`<h1 tabindex="-1">${say('name')}</h1>
      <p class="empty">${say('opening')}</p>`;
  }
  if (isOfOtherRole(view)) {
    return html`<h1 tabindex="-1">${say('otherRole')}</h1>
      <div class="sheet locked">
        ${held.map((each) => heldLine(each, { words, who: 'other' }))}
        <p>${say('forTeams')}</p>
        <div class="acts">
          <a class="button" href="/">${say('startPage')}</a>
          <a class="button quiet" href="/sign-in?returnTo=/equipe&as=other">${say('signInAsOther')}</a>
          ${languageLink(shown)}
        </div>
      </div>`;
  }
  const isAway = sync.kind === 'away';
  return html`<h1 tabindex="-1">${say(isKnown ? 'locked' : 'name')}</h1>
    <div class="sheet locked">
      ${held.map((each) => heldLine(each, { words, who: 'here' }))}
      <p>${say(isKnown ? 'lockedAgain' : 'first')}</p>
      ${isAway ? html`<p class="hint">${say('unreachable')}</p>` : nothing}
      <div class="acts">${isAway ? nothing : signInLink(words)} ${languageLink(shown)}</div>
    </div>`;
};
