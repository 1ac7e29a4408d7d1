import { dayIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { speaking, type Language } from '../../shared/text/text.js';
import type { Simulation } from './simulation.js';

const wordsIn = speaking({
  label: { fr: 'Démonstration', en: 'Demonstration' },
  running: {
    fr: 'des billets inventés arrivent tout seuls',
    en: 'invented tickets arrive by themselves',
  },
  paused: { fr: 'aucun billet n’arrive, c’est en pause', en: 'no ticket arrives, it is paused' },
  pause: { fr: 'Mettre en pause', en: 'Pause' },
  resume: { fr: 'Reprendre', en: 'Resume' },
  seeFirst: { fr: 'À voir d’abord:', en: 'See first:' },
  theDay: { fr: 'la journée du', en: 'the day of' },
  bulletin: { fr: 'son bulletin', en: 'its bulletin' },
  tablet: { fr: 'la tablette des équipes', en: 'the teams’ tablet' },
});

/** Says that the tickets are invented and whether they arrive, with the button that changes it, and where to begin. */
export const demonstrationBar = ({ isPaused, tour }: Simulation, language: Language): Html => {
  const say = wordsIn(language);
  const [step, verb] = isPaused ? (['resume', say('resume')] as const) : (['pause', say('pause')] as const);
  return html`<section class="demonstration" aria-label="${say('label')}">
    <form method="post" action="/demonstration/${step}">
      <strong>${say('label')}:</strong> ${say(isPaused ? 'paused' : 'running')}
      <span aria-hidden="true">—</span>
      <button class="quiet">${verb}</button>
    </form>
    ${tourLinks(tour, language)}
  </section>`;
};

/** The three pages that a first visit goes to. */
export const tourLinks = ({ day, bulletin }: Simulation['tour'], language: Language): Html => {
  const say = wordsIn(language);
  return html`<p>
    ${say('seeFirst')} <a href="/jours/${day}">${say('theDay')} ${dayIn(language, day)}</a>,
    <a href="/bulletins/${bulletin}">${say('bulletin')}</a>,
    <a href="/equipe">${say('tablet')}</a>
  </p>`;
};
