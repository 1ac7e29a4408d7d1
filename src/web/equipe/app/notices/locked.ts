import { html, type TemplateResult } from 'lit-html';
import { speaking, type Text } from '../../../../shared/text.js';
import { tabletLanguage, tabletLocale } from './tablet-language.js';
import type { View } from '../views/view.js';

const words = {
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  first: {
    fr: 'Connectez-vous une première fois avec le réseau. Ensuite la page s’ouvre aussi sans lui.',
    en: 'Sign in once while there is a network. From then on the page opens without one, too.',
  },
  locked: { fr: 'Tablette verrouillée', en: 'Tablet locked' },
  again: {
    fr: 'Personne n’est connecté ici, ou la session a pris fin. Ce qui a été écrit est gardé, chiffré.',
    en: 'Nobody is signed in here, or the session has ended. What was written is kept, encrypted.',
  },
  away: {
    fr: 'Le serveur est injoignable: il faut le réseau pour se connecter.',
    en: 'The server can’t be reached: signing in needs a network.',
  },
  opening: { fr: 'Ouverture…', en: 'Opening…' },
} satisfies Record<string, Text>;

/** How many requests of a person wait, and who has to do something: never what they are. */
const waiting: Record<'here' | 'other', (count: number) => Text> = {
  here: (count) => ({
    fr: `${count > 1 ? 'attendent' : 'attend'}: connectez-vous.`,
    en: `${count > 1 ? 'are' : 'is'} waiting: sign in.`,
  }),
  other: (count) => ({
    fr: `${count > 1 ? 'attendent' : 'attend'} ici, sous clé, que cette personne se reconnecte. Rien ne part sous un autre nom.`,
    en: `${count > 1 ? 'are' : 'is'} waiting here, locked, for that person to sign in again. Nothing is sent under another name.`,
  }),
};

const say = (name: keyof typeof words): string => speaking(words)(tabletLanguage())(name);

export const signIn = html`<a class="button" href="/sign-in?returnTo=/equipe">Se connecter</a>`;

const heldLine = ({ person, count }: View['held'][number], who: keyof typeof waiting): TemplateResult => {
  const [language, several] = [tabletLanguage(), count > 1];
  const requests =
    language === 'fr'
      ? `${count} ${several ? 'demandes' : 'demande'} de `
      : `${count} ${several ? 'requests' : 'request'} of `;
  return html`<p lang=${tabletLocale()}>
    ${requests}<strong>${person}</strong> ${waiting[who](count)[language]}
  </p>`;
};

/** What waits for others, while somebody is signed in. */
export const heldFor = (held: View['held']): TemplateResult[] =>
  held.map((each) => html`<div class="warning quiet">${heldLine(each, 'other')}</div>`);

/** The page while nobody is signed in: it shows nothing of anybody but how much waits for whom. */
export const lockedPage = ({ sync, held, isKnown, isChecked }: View): TemplateResult => {
  if (!isChecked) {
    return html`<h1 tabindex="-1">Équipe mobile</h1>
      <p class="empty" lang=${tabletLocale()}>${say('opening')}</p>`;
  }
  const heading = isKnown
    ? html`<h1 tabindex="-1" lang=${tabletLocale()}>${say('locked')}</h1>`
    : html`<h1 tabindex="-1">Équipe mobile</h1>`;
  return html`${heading}
    <div class="sheet locked" lang=${tabletLocale()}>
      ${held.map((each) => heldLine(each, 'here'))}
      <p>${say(isKnown ? 'again' : 'first')}</p>
      ${
        sync.kind === 'away'
          ? html`<p class="hint">${say('away')}</p>`
          : html`<p><a class="button" href="/sign-in?returnTo=/equipe">${say('signIn')}</a></p>`
      }
    </div>`;
};
