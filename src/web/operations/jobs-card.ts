import { momentIn, numberIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import type { JobName, JobStatus } from '../../platform/jobs/jobs.js';
import { instant } from '../../shared/instant.js';
import { speaking, type Language, type Text } from '../../shared/text/text.js';

const texts = {
  jobs: { fr: 'Ce que ce serveur fait de lui-même', en: 'What this server does by itself' },
  onlyHere: {
    fr: 'Ce que ce serveur-ci en sait depuis son démarrage; les autres le disent de leurs propres tâches. Qui mène chaque projection est dit plus haut.',
    en: 'What this server knows of them since its start; others tell of their own. Who leads each projection is said above.',
  },
  job: { fr: 'Tâche', en: 'Job' },
  state: { fr: 'État', en: 'State' },
  last: { fr: 'Dernière exécution', en: 'Last run' },
  next: { fr: 'Prochaine', en: 'Next run' },
  failure: { fr: 'Dernier échec', en: 'Last failure' },
  none: { fr: 'aucun', en: 'none' },
  never: { fr: 'aucune encore', en: 'none yet' },
  failures: { fr: 'échecs', en: 'failures' },
  oneFailure: { fr: 'échec', en: 'failure' },
} satisfies Record<string, Text>;

const states: Record<JobStatus['state'], Text> = {
  off: { fr: 'Pas en service', en: 'Off' },
  running: { fr: 'À l’œuvre', en: 'Running' },
  done: { fr: 'Fait', en: 'Done' },
  elsewhere: { fr: 'Faite par un autre serveur', en: 'Done by another server' },
  failed: { fr: 'En échec', en: 'Failed' },
};

const names: Record<JobName, Text> = {
  retention: {
    fr: 'Effacer ce dont la durée de conservation est échue',
    en: 'Erase what has been kept long enough',
  },
  'key-sweeper': { fr: 'Détruire les clés des billets effacés', en: 'Destroy the keys of erased tickets' },
  'attachment-sweeper': {
    fr: 'Supprimer les fichiers effacés ou abandonnés',
    en: 'Delete erased and abandoned files',
  },
  quarantine: { fr: 'Vérifier les fichiers reçus', en: 'Scan the files that came in' },
  'merge-sweeper': { fr: 'Finir les fusions interrompues', en: 'Finish interrupted merges' },
  'clock-watch': { fr: 'Comparer les horloges', en: 'Compare the clocks' },
};

/** In the colours of projections; a job that is off is neither well nor ill. */
const badgeOf = (state: JobStatus['state'], language: Language): Html | string =>
  state === 'off'
    ? states.off[language]
    : html`<span class="badge ${state === 'failed' ? 'failing' : 'following'}"
        >${states[state][language]}</span
      >`;

/** What the server does by itself: when it did so last, when it does so next, and why it failed last. */
export const jobsCard = (
  { jobs, timeZone }: { jobs: readonly JobStatus[]; timeZone: string },
  language: Language,
): Html => {
  const say = speaking(texts)(language);
  const moment = (at: number) => momentIn(language, instant(at), timeZone);
  const row = ({ name, state, lastEndedAt, nextAt, failures, lastFailure }: JobStatus) =>
    html`<tr data-job="${name}">
      <th scope="row">
        ${names[name][language]}<span class="long"><code>${name}</code></span>
      </th>
      <td>${badgeOf(state, language)}</td>
      <td>${lastEndedAt === undefined ? say('never') : moment(lastEndedAt)}</td>
      <td>${nextAt === undefined ? '–' : moment(nextAt)}</td>
      <td class="words ${lastFailure && 'error'}">
        ${
          lastFailure
            ? html`${moment(lastFailure.at)}: ${lastFailure.message}<span class="long"
                  >${numberIn(language, failures)} ${say(failures === 1 ? 'oneFailure' : 'failures')}</span
                >`
            : say('none')
        }
      </td>
    </tr>`;
  return html`<section class="card" aria-labelledby="jobs-title">
    <h2 id="jobs-title">${say('jobs')}</h2>
    <p>${say('onlyHere')}</p>
    <div class="scroll" role="group" tabindex="0" aria-label="${say('jobs')}">
      <table class="items operations">
        <thead>
          <tr>
            <th scope="col">${say('job')}</th>
            <th scope="col">${say('state')}</th>
            <th scope="col">${say('last')}</th>
            <th scope="col">${say('next')}</th>
            <th scope="col">${say('failure')}</th>
          </tr>
        </thead>
        <tbody>
          ${jobs.map(row)}
        </tbody>
      </table>
    </div>
  </section>`;
};
