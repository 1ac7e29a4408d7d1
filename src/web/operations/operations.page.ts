import type { EventLoopDelay } from '../../operations/index.js';
import { durationIn, momentIn, numberIn, quantityIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import type { DeadLetter } from '../../platform/projections/dead-letters/dead-letters.js';
import type { JobStatus } from '../../platform/jobs/jobs.js';
import type { ProjectionStatus } from '../../platform/projections/status/projection-status.js';
import type { Language } from '../../shared/text/text.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { pageWordsIn } from '../page/words.js';
import { screensLink } from '../screens/screens.page.js';
import { jobsCard } from './jobs-card.js';
import { doneOperationWords, failedRetries, operationsWordsIn, type DoneOperation } from './words.js';

export interface ShownOperations {
  projections: readonly ProjectionStatus[];
  deadLetters: readonly DeadLetter[];
  eventLoop: EventLoopDelay;
  jobs: readonly JobStatus[];
  timeZone: string;
  done: DoneOperation | undefined;
  mayManageScreens: boolean;
}

/** The page of operators: how far each projection is, what is put aside, and how busy this server is. */
export const operationsMain = (shown: ShownOperations, language: Language): Html => {
  const say = operationsWordsIn(language);
  const { done, eventLoop, timeZone, mayManageScreens } = shown;
  const ms = (value: number) => quantityIn(language, value, 'ms');
  return html`<div class="top">
      <h1>${pageWordsIn(language)('operations')}</h1>
      <p class="fresh"><a class="button quiet" href="/exploitation">${say('refresh')}</a></p>
    </div>
    ${done && html`<p class="${(failedRetries as readonly DoneOperation[]).includes(done) ? 'warning' : 'done'}" role="status">${say(doneOperationWords[done])}</p>`}
    <section class="card" aria-labelledby="projections-title">
      <h2 id="projections-title">${say('projections')}</h2>
      ${projectionsTable(shown, language)}
    </section>
    ${putAsideCard(shown, language)} ${jobsCard(shown, language)}
    <section class="card" aria-labelledby="event-loop-title">
      <h2 id="event-loop-title">${say('eventLoop')}</h2>
      <p>${ms(eventLoop.p99Ms)} ${say('eventLoopP99')}; ${ms(eventLoop.maxMs)} ${say('eventLoopMax')}</p>
    </section>
    <p class="hint">${say('hours')} ${timeZone}.</p>
    ${mayManageScreens && screensLink(language)}`;
};

const projectionsTable = ({ projections, timeZone }: ShownOperations, language: Language): Html => {
  const say = operationsWordsIn(language);
  const row = (status: ProjectionStatus) => {
    const { name, version, generation, state, failingSince, lastError, position, rate, leader } = status;
    return html`<tr>
      <th scope="row">
        <code>${name}</code
        ><span class="long">${say('version')} ${version}, ${say('generation')} ${generation}</span>
      </th>
      <td>
        <span class="badge ${state}">${say(state)}</span>
        ${failingSince !== null && html`<span class="long">${say('since')} ${momentIn(language, failingSince, timeZone)}</span>`}
        ${lastError !== null && html`<span class="long error">${lastError}</span>`}
      </td>
      <td>${lagIn(status, language)}</td>
      <td>
        ${String(position)}<span class="long"
          >${numberIn(language, Math.round(rate))} ${say('perSecond')}</span
        >
      </td>
      <td class="words">${leader ?? '–'}</td>
      <td>${rebuildCell(status, language)}</td>
    </tr> `;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('projections')}">
    <table class="items operations">
      <thead>
        <tr>
          <th scope="col">${say('projection')}</th>
          <th scope="col">${say('state')}</th>
          <th scope="col">${say('lag')}</th>
          <th scope="col">${say('position')}</th>
          <th scope="col">${say('leader')}</th>
          <th scope="col">${say('rebuilding')}</th>
        </tr>
      </thead>
      <tbody>
        ${projections.map(row)}
      </tbody>
    </table>
  </div>`;
};

const lagIn = ({ lagEvents, lagSeconds }: ProjectionStatus, language: Language): string => {
  const say = operationsWordsIn(language);
  if (lagSeconds === null) return say('unknown');
  if (lagEvents === 0 || lagSeconds === 0) return say('upToDate');
  const events = lagEvents === null ? [] : [quantityIn(language, lagEvents, eventsIn(language, lagEvents))];
  return [...events, quantityIn(language, Math.round(lagSeconds), 's')].join(', ');
};

const eventsIn = (language: Language, count: number): string =>
  language === 'fr' ? (count === 1 ? 'événement' : 'événements') : count === 1 ? 'event' : 'events';

const rebuildCell = ({ name, rebuild, verification }: ProjectionStatus, language: Language): Html => {
  const say = operationsWordsIn(language);
  if (!rebuild) {
    return html`<a class="button quiet" href="/exploitation/projections/${name}/rebuild"
        >${say('rebuildStep')}</a
      >
      ${
        verification !== null &&
        verification.different > 0 &&
        html`<span class="long">${numberIn(language, verification.different)} ${say('corrected')}</span>`
      }`;
  }
  const { position, of, secondsLeft, lastError } = rebuild;
  return html`${String(position)} / ${of === null ? '?' : String(of)}
    ${secondsLeft !== null && html`<span class="long">${say('left')} ${durationIn(language, secondsLeft * 1_000)}</span>`}
    ${lastError !== null && html`<span class="long error">${lastError}</span>`}
    <form method="post" action="/exploitation/projections/${name}/cancel">
      <button class="quiet">${say('cancelRebuild')}</button>
    </form>`;
};

const putAsideCard = ({ deadLetters, timeZone }: ShownOperations, language: Language): Html => {
  const say = operationsWordsIn(language);
  const row = (letter: DeadLetter) => {
    const { id, name, position, eventType, error, attempts, waiting, failedAt } = letter;
    return html`<tr>
      <th scope="row">
        ${eventType} ${streamOf(letter)}<span class="long"><code>${name}</code>, ${String(position)}</span>
      </th>
      <td class="words error">${error}</td>
      <td>
        ${momentIn(language, failedAt, timeZone)}<span class="long"
          >${numberIn(language, attempts)} ${say('attempts')}, ${numberIn(language, waiting)}
          ${say('waiting')}</span
        >
      </td>
      <td>
        <form method="post" action="/exploitation/dead-letters/${id}/retry">
          <button aria-label="${say('retry')}: ${eventType}, ${String(position)}">${say('retry')}</button>
        </form>
      </td>
    </tr> `;
  };
  return html`<section class="card" aria-labelledby="put-aside-title">
    <h2 id="put-aside-title">${say('putAside')}</h2>
    ${
      deadLetters.length === 0
        ? html`<p>${say('nonePutAside')}</p>`
        : html`<p>${say('putAsideHint')}</p>
            <div class="scroll" role="group" tabindex="0" aria-label="${say('putAside')}">
              <table class="items operations">
                <thead>
                  <tr>
                    <th scope="col">${say('event')}</th>
                    <th scope="col">${say('error')}</th>
                    <th scope="col">${say('attempts')}</th>
                    <th scope="col">${say('retry')}</th>
                  </tr>
                </thead>
                <tbody>
                  ${deadLetters.map(row)}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
};

const ticketPrefix = 'ticket-';

/** The ticket by its reference, or another stream by its name. */
const streamOf = ({ stream }: DeadLetter): Html => {
  if (!stream.startsWith(ticketPrefix)) return html`<code>${stream}</code>`;
  const id = stream.slice(ticketPrefix.length);
  return html`<code title="${id}" data-ticket="${id}">${referenceOf(id)}</code>`;
};

/** The page before a rebuild: what it means, and the button. */
export const rebuildMain = (name: string, language: Language): Html => {
  const say = operationsWordsIn(language);
  return html`<div class="narrow">
    <h1>${say('confirmRebuild')}</h1>
    <p><code>${name}</code></p>
    <p>${say('rebuildMeans')}</p>
    <form method="post" action="/exploitation/projections/${name}/rebuild" class="choices">
      <button>${say('rebuild')}</button>
      <a class="button quiet" href="/exploitation">${say('back')}</a>
    </form>
  </div>`;
};
