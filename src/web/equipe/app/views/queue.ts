import { html, nothing, type TemplateResult } from 'lit-html';
import { refused, waiting } from '../queue/queue.js';
import type { Person } from '../device/person.js';
import { entryCard } from './entry.js';
import { trueNow, type ViewState } from './view.js';
import { ticketAddress } from './route.js';
import { counted, momentName } from './words.js';

/** The page of the queue: refused and waiting commands, and who is signed in. */
export const queuePage = (shown: ViewState, person: Person): TemplateResult => {
  const { view, acts } = shown;
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
      <h1 tabindex="-1">File d’envoi</h1>
      <button class="button big" ?disabled=${view.sync.kind === 'working'} @click=${() => acts.syncNow()}>
        ${view.sync.kind === 'working' ? 'Envoi…' : 'Envoyer maintenant'}
      </button>
    </div>
    <p class="hint">
      ${person.syncedAt ? `Dernier échange complet: ${momentName(person.syncedAt, trueNow(view))}.` : 'Aucun échange complet encore.'}
    </p>
    ${list(`${counted(toMend.length, 'refusé', 'refusés')}: à vous de voir`, toMend)}
    ${list(`${mine.length} en attente`, mine)} ${photoList(shown)}
    ${isEmpty ? html`<p class="empty">Tout est envoyé.</p>` : nothing}
    <section class="sheet who">
      <p>Connecté: <strong>${person.person}</strong></p>
      ${
        isEmpty
          ? nothing
          : html`<p class="hint">Ce qui n’est pas envoyé restera sur cette tablette jusqu’à votre retour.</p>`
      }
      <button class="button quiet" @click=${() => void acts.signOut()}>Se déconnecter</button>
    </section>
  `;
};

/** The photos by their tickets, where they are seen, sent again and thrown away. */
const photoList = ({ view }: ViewState) =>
  view.photos.length === 0
    ? nothing
    : html`<h2>${counted(view.photos.length, 'photo', 'photos')}</h2>
        <ul class="cards">
          ${view.photos.map(
            (photo) =>
              html`<li class="card ${photo.refusal ? 'refused' : ''}">
                <p class="line">
                  <a href=${ticketAddress(photo.ticketId)}
                    >Photo de ${momentName(photo.occurredAt, trueNow(view))}</a
                  >
                  <span class="hint"
                    >${photo.refusal ? 'Refusée: à voir dans son billet' : 'En attente d’envoi'}</span
                  >
                </p>
              </li>`,
          )}
        </ul>`;
