import { html, type Html } from '../../platform/http/html.js';
import { feedAddress, newestAddress } from '../../shared/bulletin-addresses.js';
import type { Language } from '../../shared/text/text.js';
import { tourLinks } from '../demonstration/demonstration-bar.js';
import type { Simulation } from '../demonstration/simulation.js';
import { pageWordsIn } from '../page/words.js';

/** For whoever is not signed in: what this is, and where to go; in the demo, where to go first. */
export const homeMain = (
  language: Language,
  {
    offersSignIn,
    hasOpenBulletins,
    tour,
  }: { offersSignIn: boolean; hasOpenBulletins: boolean; tour: Simulation['tour'] | undefined },
): Html => {
  const say = pageWordsIn(language);
  return html`<div class="narrow">
    <h1>${say('name')}</h1>
    ${language === 'fr' ? introduction.fr : introduction.en}
    <p id="state" role="status" data-words="${JSON.stringify(stateWords[language])}"></p>
    ${offersSignIn && html`<p><a class="button" href="/sign-in">${say('signIn')}</a></p>`}
    ${tour && tourLinks(tour, language)} ${links(language, hasOpenBulletins)}
  </div>`;
};

const introduction: Record<Language, Html> = {
  fr: html`<p>
    Les billets de soutien du réseau, et les chiffres exacts que le bulletin en tire chaque jour. Le tableau
    en direct est pour les producteurs du bulletin.
  </p>`,
  en: html`<p>
    Support tickets of the health network, and the exact daily figures made from them. The live board is for
    the bulletin’s producers.
  </p>`,
};

const links = (language: Language, hasOpenBulletins: boolean): Html =>
  language === 'fr'
    ? html`<dl>
        <dt><a href="${newestAddress('fr')}">Le dernier bulletin</a></dt>
        <dd>
          ${
            hasOpenBulletins
              ? html`Ouvert à tous; les suivants arrivent aussi par le
                  <a href="${feedAddress('fr')}">fil Atom</a>.`
              : 'Celui qui vient de paraître, une fois la session ouverte.'
          }
        </dd>
        <dt><a href="/bureau">Le bureau des agents</a></dt>
        <dd>Chercher, traiter, fusionner et transférer les billets de ses établissements.</dd>
        <dt><a href="/equipe">La page des équipes mobiles</a></dt>
        <dd>Ouvrir et résoudre des billets sur une tablette, avec ou sans réseau.</dd>
        <dt><a href="/ecran">Le tableau sur un écran mural</a></dt>
        <dd>Avec un code que donnent les producteurs et les exploitants.</dd>
        <dt><a href="/docs">L’API, route par route</a></dt>
        <dd>Pour les programmes; le document OpenAPI 3.1 est à <code>/openapi.json</code>.</dd>
        <dt><a href="/problemes">Les problèmes et leurs remèdes</a></dt>
        <dd>Chaque erreur de l’API porte un code stable, expliqué ici.</dd>
      </dl>`
    : html`<dl>
        <dt><a href="${newestAddress('en')}">The newest bulletin</a></dt>
        <dd>
          ${
            hasOpenBulletins
              ? html`Open to everyone; the next ones also come by the
                  <a href="${feedAddress('en')}">Atom feed</a>.`
              : 'The one that was published last, once signed in.'
          }
        </dd>
        <dt><a href="/bureau">The agents’ desk</a></dt>
        <dd>Search, work, merge and transfer the tickets of one’s establishments.</dd>
        <dt><a href="/equipe">The mobile teams’ page</a></dt>
        <dd>Open and resolve tickets on a tablet, with or without a network.</dd>
        <dt><a href="/ecran">The board on a wall screen</a></dt>
        <dd>With a code that producers and operators give.</dd>
        <dt><a href="/docs">The API, route by route</a></dt>
        <dd>For programs; the OpenAPI 3.1 document is at <code>/openapi.json</code>.</dd>
        <dt><a href="/problemes">Problems and their remedies</a></dt>
        <dd>Every error of the API has a stable code, explained here.</dd>
      </dl>`;

const stateWords: Record<Language, Record<'down' | 'behind' | 'fine' | 'away', string>> = {
  fr: {
    down: 'Le service ne peut pas répondre pour le moment.',
    behind: 'Le service répond; les chiffres rattrapent les derniers événements.',
    fine: 'Le service répond; les chiffres sont à jour.',
    away: 'Le service est injoignable; nouvel essai dans quelques secondes.',
  },
  en: {
    down: 'The service can’t answer for the moment.',
    behind: 'The service answers; the figures are catching up with the newest events.',
    fine: 'The service answers; the figures are up to date.',
    away: 'The service can’t be reached; trying again in a few seconds.',
  },
};
