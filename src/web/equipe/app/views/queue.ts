import { html, nothing, type TemplateResult } from 'lit-html';
import { refused, waiting } from '../queue/queue.js';
import type { Person } from '../device/person.js';
import { entryCard } from './entry.js';
import { trueNow, type ViewState } from './view.js';
import { ticketAddress } from './route.js';
import { languageLink } from './language-link.js';

/** The page of the queue: refused and waiting commands, and who is signed in. */
export const queuePage = (shown: ViewState, person: Person): TemplateResult => {
  const { view, acts, words } = shown;
  const { say, counted, momentName } = words;
  const [mine, toMend] = [waiting(view.queue), refused(view.queue)];
  const isEmpty = view.queue.length + view.photos.length === 0;
  const list = (title: string, entries: typeof mine) =>
    entries.length === 0
      ? nothing
      : html`<h2>${title}</h2>
          <ul class="cards">
            ${entries.map((entry) => html`<li>${entryCard(shown, entry)}</li>`)}
          </ul>`;
  return html`
    <div class="top">
      <h1 tabindex="-1">${say('queue')}</h1>
      <button class="button big" ?disabled=${view.sync.kind === 'working'} @click=${() => acts.syncNow()}>
        ${say(view.sync.kind === 'working' ? 'sending' : 'sendNow')}
      </button>
    </div>
    <p class="hint">
      ${person.syncedAt ? `${say('lastExchange')} ${momentName(person.syncedAt, trueNow(view))}.` : say('noExchangeYet')}
    </p>
    ${list(`${counted(toMend.length, 'refused')}: ${say('forYouToSee')}`, toMend)}
    ${list(counted(mine.length, 'waiting'), mine)} ${photoList(shown)}
    ${isEmpty ? html`<p class="empty">${say('allSent')}</p>` : nothing}
    <section class="sheet who">
      <p>${say('signedInAs')} <strong>${person.person}</strong></p>
      ${isEmpty ? nothing : html`<p class="hint">${say('staysHere')}</p>`}
      <div class="acts">
        <button class="button quiet" @click=${() => void acts.signOut()}>${say('signOut')}</button>
        ${languageLink(shown)}
      </div>
    </section>
  `;
};

/** The photos by their tickets, where they are seen, sent again and thrown away. */
const photoList = ({ view, words: { say, counted, momentName } }: ViewState) =>
  view.photos.length === 0
    ? nothing
    : html`<h2>${counted(view.photos.length, 'photo')}</h2>
        <ul class="cards">
          ${view.photos.map(
            (photo) =>
              html`<li class="card ${photo.refusal ? 'refused' : ''}">
                <p class="line">
                  <a href=${ticketAddress(photo.ticketId)}
                    >${say('photoOf')} ${momentName(photo.occurredAt, trueNow(view))}</a
                  >
                  <span class="hint">${say(photo.refusal ? 'photoRefusedLook' : 'notSentYet')}</span>
                </p>
              </li>`,
          )}
        </ul>`;
