import { usedDays, type Forecast } from '../../../billets-quotidiens/index.js';
import { capitalized, numberIn, percentIn, weekdayIn } from '../../../calendar/formatting.js';
import { html, type Html } from '../../../platform/http/html.js';
import { speaking, type Language } from '../../../shared/text/text.js';

const wordsIn = speaking({
  title: { fr: 'Ouvertures à prévoir', en: 'Openings to expect' },
  day: { fr: 'Jour', en: 'Day' },
  expected: { fr: 'Prévu', en: 'Expected' },
  interval: { fr: 'Entre (8 fois sur 10)', en: 'Between (8 times in 10)' },
  error: { fr: 'Erreur habituelle', en: 'Usual error' },
  and: { fr: 'et', en: 'and' },
  method: {
    fr: 'D’après les jours finis seulement: la médiane du même jour de la semaine, au niveau des sept derniers jours.',
    en: 'From finished days alone: the median of the same weekday, at the level of the last seven days.',
  },
  behind: {
    fr: 'Pas de prévision tant que les chiffres ne sont pas à jour.',
    en: 'No forecast while the figures are not up to date.',
  },
});

export const forecastTitle = (language: Language): string => wordsIn(language)('title');

/** The next days' openings with their intervals and the usual error of such forecasts; or why there is none. */
export const forecastTable = (forecast: Forecast | undefined, language: Language): Html => {
  const say = wordsIn(language);
  if (!forecast) return html`<p class="hint">${say('behind')}</p>`;
  if ('missing' in forecast) return html`<p class="hint">${whyMissing(forecast.missing, language)}</p>`;
  const rows = forecast.days.map(
    ({ day, expected, low, high, usualError }) =>
      html`<tr>
        <th scope="row">${capitalized(weekdayIn(language, day))}</th>
        <td><strong>${numberIn(language, expected)}</strong></td>
        <td>${numberIn(language, low)} ${say('and')} ${numberIn(language, high)}</td>
        <td>±${percentIn(language, usualError)}</td>
      </tr>`,
  );
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('title')}">
      <table>
        <thead>
          <tr>
            <th scope="col">${say('day')}</th>
            <th scope="col">${say('expected')}</th>
            <th scope="col">${say('interval')}</th>
            <th scope="col">${say('error')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p class="hint">${say('method')}</p>`;
};

/** No more are read: what is older tells nothing of the days to come. */
const weeks = Math.floor(usedDays / 7);

const whyMissing = ({ has, needs }: { has: number; needs: number }, language: Language): string =>
  language === 'fr'
    ? `Pas encore de prévision: il faut ${needs} jours finis depuis les premiers billets des ${weeks} dernières semaines, et il y en a ${has}.`
    : `No forecast yet: it takes ${needs} finished days since the first tickets of the last ${weeks} weeks, and there are ${has}.`;
