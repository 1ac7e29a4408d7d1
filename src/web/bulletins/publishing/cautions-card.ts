import { printedWordsIn, sectionWords, type Caution } from '../../../bulletins/index.js';
import { dateIn, numberIn } from '../../../calendar/formatting.js';
import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';

/** What is probably a mistake, above the button that publishes it; nothing where there is none. */
export const cautionsCard = (cautions: readonly Caution[], language: Language): Html | false => {
  const say = bulletinWordsIn(language);
  return (
    cautions.length > 0 &&
    html`<section class="warning cautions" aria-labelledby="cautions-title">
      <h2 id="cautions-title">${say('cautions')}</h2>
      <ul>
        ${cautions.map((caution) => html`<li data-caution="${caution.kind}">${inWords(caution, language)}</li>`)}
      </ul>
    </section>`
  );
};

type Sentences = {
  [Kind in Caution['kind']]: (caution: Extract<Caution, { kind: Kind }>, language: Language) => Html | string;
};

const sectionsIn = (language: Language, parts: Extract<Caution, { kind: 'health-numbers' }>['parts']) =>
  parts
    .map((part) =>
      part === 'releves'
        ? bulletinWordsIn(language)('technology')
        : printedWordsIn(language)(sectionWords[part]),
    )
    .join(', ');

/** Each character with its code, its part and the words around it: a screen may not be able to show it either. */
const unprintableIn = (
  language: Language,
  characters: Extract<Caution, { kind: 'unprintable' }>['characters'],
): Html =>
  html`<ul>
    ${characters.map(({ character, part, around }) => {
      const named = sectionsIn(language, [part]);
      return html`<li><strong>${character}</strong> (${codeOf(character)}), ${named}: «${around}»</li>`;
    })}
  </ul>`;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const bulletinLink = (date: string, language: Language): Html =>
  html`<a href="/bulletins/${date}">${dateIn(language, date)}</a>`;

const sentences: Record<Language, Sentences> = {
  fr: {
    'dated-ahead': ({ days }, language) =>
      `Le bulletin est daté de ${numberIn(language, days)} jours après aujourd’hui.`,
    'far-from-ticket-day': ({ days }, language) =>
      `Le bulletin est daté de ${numberIn(language, days)} jours après le jour de ses billets.`,
    'no-tickets': () => 'Aucun billet n’a été ouvert le jour des billets.',
    'ticket-day-published': ({ bulletin }, language) =>
      html`Ce jour des billets est déjà publié, par le bulletin du ${bulletinLink(bulletin, language)}.`,
    'nothing-written': () => 'Rien n’est écrit: le bulletin n’aurait que les chiffres des billets.',
    'empty-sections': ({ sections }, language) => `Sections vides: ${sectionsIn(language, sections)}.`,
    'texts-unchanged': ({ sections, since }, language) =>
      html`Mêmes textes que dans le bulletin du ${bulletinLink(since, language)}:
      ${sectionsIn(language, sections)}.`,
    'health-numbers': ({ parts }, language) =>
      `Un numéro d’assurance maladie s’y lit: ${sectionsIn(language, parts)}. Tout le réseau lira le bulletin.`,
    unprintable: ({ characters }, language) =>
      html`Le PDF imprimerait un carré vide à la place de ces signes, que ses polices n’ont pas:
      ${unprintableIn(language, characters)}`,
  },
  en: {
    'dated-ahead': ({ days }, language) =>
      `The bulletin is dated ${numberIn(language, days)} days after today.`,
    'far-from-ticket-day': ({ days }, language) =>
      `The bulletin is dated ${numberIn(language, days)} days after the day of its tickets.`,
    'no-tickets': () => 'No ticket was opened on the ticket day.',
    'ticket-day-published': ({ bulletin }, language) =>
      html`This ticket day is published already, by the bulletin of ${bulletinLink(bulletin, language)}.`,
    'nothing-written': () => 'Nothing is written: the bulletin would have the ticket figures alone.',
    'empty-sections': ({ sections }, language) => `Empty sections: ${sectionsIn(language, sections)}.`,
    'texts-unchanged': ({ sections, since }, language) =>
      html`The same texts as in the bulletin of ${bulletinLink(since, language)}:
      ${sectionsIn(language, sections)}.`,
    'health-numbers': ({ parts }, language) =>
      `There is a health insurance number in it: ${sectionsIn(language, parts)}. The whole network will read the bulletin.`,
    unprintable: ({ characters }, language) =>
      html`The PDF would print an empty box for these characters, which its fonts do not have:
      ${unprintableIn(language, characters)}`,
  },
};

const inWords = (caution: Caution, language: Language): Html | string =>
  (sentences[language][caution.kind] as (caution: Caution, language: Language) => Html | string)(
    caution,
    language,
  );
