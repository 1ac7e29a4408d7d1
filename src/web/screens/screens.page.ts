import { claimableMinutes, type WallScreen } from '../../access/index.js';
import { momentIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { instant } from '../../shared/instant.js';
import { speaking, type Language, type Text } from '../../shared/text/text.js';

const texts = {
  screens: { fr: 'Écrans muraux', en: 'Wall screens' },
  about: {
    fr: 'Un écran mural montre le tableau en direct, et rien d’autre, sans que personne y soit connecté.',
    en: 'A wall screen shows the live board, and nothing else, without anybody being signed in at it.',
  },
  where: { fr: 'Où est l’écran', en: 'Where the screen is' },
  add: { fr: 'Ajouter un écran', en: 'Add a screen' },
  none: { fr: 'Aucun écran ne montre le tableau.', en: 'No screen shows the board.' },
  showing: { fr: 'Montre le tableau', en: 'Shows the board' },
  waiting: { fr: 'Attend son code', en: 'Waits for its code' },
  madeBy: { fr: 'Ajouté par', en: 'Added by' },
  until: { fr: 'jusqu’au', en: 'until' },
  end: { fr: 'Retirer', en: 'Remove' },
  code: { fr: 'Code', en: 'Code' },
  codeFor: { fr: 'Code pour l’écran', en: 'Code for the screen' },
  howTo: {
    fr: `À l’écran, ouvrez l’adresse ci-dessous dans un navigateur et entrez le code. Il sert une fois, dans les ${claimableMinutes} minutes, et n’est plus montré ensuite.`,
    en: `At the screen, open the address below in a browser and enter the code. It is good once, within ${claimableMinutes} minutes, and is not shown again.`,
  },
  thisScreen: { fr: 'Le tableau sur cet écran', en: 'The board on this screen' },
  enter: {
    fr: 'Entrez le code qu’un producteur ou un exploitant a obtenu à la page «Écrans muraux».',
    en: 'Enter the code that a producer or an operator got from the page «Wall screens».',
  },
  show: { fr: 'Montrer le tableau', en: 'Show the board' },
  unknown: {
    fr: 'Ce code n’existe pas, a déjà servi ou n’est plus bon. Demandez-en un autre.',
    en: 'This code does not exist, was used already or is no longer good. Ask for another one.',
  },
  goBack: { fr: 'Tous les écrans', en: 'All screens' },
} satisfies Record<string, Text>;
export const screenWordsIn = speaking(texts);

/** From the board, for whoever may let screens in. */
export const screensLink = (language: Language): Html =>
  html`<a href="/ecrans">${screenWordsIn(language)('screens')}</a>`;

/** The screens there are, and a form for one more. */
export const screensMain = (screens: readonly WallScreen[], timeZone: string, language: Language): Html => {
  const say = screenWordsIn(language);
  return html`<h1>${say('screens')}</h1>
    <p>${say('about')}</p>
    ${screens.length === 0 ? html`<p>${say('none')}</p>` : screens.map((screen) => screenCard(screen, timeZone, language))}
    <form class="go-to-day" method="post" action="/ecrans">
      <label for="label">${say('where')}</label>
      <input id="label" name="label" maxlength="80" required autocomplete="off" />
      <button>${say('add')}</button>
    </form>`;
};

/** Cards and not a table: where a screen is takes a line of its own, and a phone shows the button beside it. */
const screenCard = (
  { id, label, madeBy, endsAt, isShowing }: WallScreen,
  timeZone: string,
  language: Language,
): Html => {
  const say = screenWordsIn(language);
  const until = momentIn(language, instant(endsAt), timeZone);
  return html`<section class="card">
    <h2>${label}</h2>
    <p>
      ${say(isShowing ? 'showing' : 'waiting')}<br />
      ${say('madeBy')} ${madeBy}, ${say('until')} ${until}
    </p>
    <form method="post" action="/ecrans/${id}/end">
      <button class="quiet" aria-label="${say('end')}: ${label}">${say('end')}</button>
    </form>
  </section>`;
};

/** A code that was just made: shown once. */
export const codeMain = (
  { code, label, address }: { code: string; label: string; address: string },
  language: Language,
): Html => {
  const say = screenWordsIn(language);
  const grouped = `${code.slice(0, 5)}-${code.slice(5)}`;
  return html`<div class="narrow">
    <h1>${say('codeFor')} «${label}»</h1>
    <p><strong id="code">${grouped}</strong></p>
    <p>${say('howTo')}</p>
    <p><code>${address}</code></p>
    <p><a class="button" href="/ecrans">${say('goBack')}</a></p>
  </div>`;
};

/** At the screen itself. */
export const claimMain = ({ isRefused }: { isRefused: boolean }, language: Language): Html => {
  const say = screenWordsIn(language);
  return html`<div class="narrow">
    <h1>${say('thisScreen')}</h1>
    <p>${say('enter')}</p>
    ${isRefused && html`<p class="warning" role="alert" id="refused">${say('unknown')}</p>`}
    <form class="go-to-day" method="post" action="/ecran">
      <label for="code">${say('code')}</label>
      <input
        id="code"
        name="code"
        maxlength="40"
        required
        autofocus
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        ${isRefused && html` aria-invalid="true" aria-describedby="refused"`}
      />
      <button>${say('show')}</button>
    </form>
  </div>`;
};
