import { html, type Html } from '../../../../platform/http/html.js';
import { speaking, type Language } from '../../../../shared/text/text.js';
import { figureAddress } from '../../../day/addresses.js';
import { insightKey, type Insight } from './insight.js';
import { sentenceOf, type SentenceStyle } from './insight-sentences.js';

const wordsIn = speaking({
  title: { fr: 'Ce que disent les chiffres', en: 'What the figures say' },
  hint: {
    fr: 'Calculé à partir des billets comptés; rien n’entre dans le texte sans vous.',
    en: 'Computed from the counted tickets; nothing enters the text without you.',
  },
  add: { fr: 'Ajouter au bilan', en: 'Add to the summary' },
  tickets: { fr: 'Billets', en: 'Tickets' },
  byCategory: { fr: 'Par catégorie', en: 'By category' },
});

const ticketsAddress = ({ day, figure, establishment }: Insight): string =>
  figureAddress({ date: day, figure, establishment: establishment?.code });

/** The report of that day by category: its openings are those of the report of first responses. */
const categoriesAddress = ({ day, figure }: Insight): string => {
  const report = figure === 'opened' ? 'responses' : 'resolutions';
  return `/rapports?${new URLSearchParams({ report, from: day, to: day, by: 'category' }).toString()}`;
};

/** Sentences that the figures bear out, each with the tickets behind it and a button that adds it to the summary. */
export const insightCard = (
  { date, insights, style }: { date: string; insights: readonly Insight[]; style: SentenceStyle },
  language: Language,
): Html | false => {
  const say = wordsIn(language);
  return (
    insights.length > 0 &&
    html`<details class="card insights">
      <summary>${say('title')} (${insights.length})</summary>
      <p class="hint">${say('hint')}</p>
      <ul>
        ${insights.map((insight) => {
          const sentence = sentenceOf(insight, style);
          const [address, behind] =
            insight.category === undefined
              ? [ticketsAddress(insight), say('tickets')]
              : [categoriesAddress(insight), say('byCategory')];
          return html`<li>
            ${sentence} <a href="${address}" aria-label="${behind}: ${sentence}">${behind}</a>
            <button
              class="quiet"
              form="editor"
              formaction="/bulletins/${date}/insight"
              name="insight"
              value="${insightKey(insight)}"
              aria-label="${say('add')}: ${sentence}"
            >
              ${say('add')}
            </button>
          </li>`;
        })}
      </ul>
    </details>`
  );
};
