import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { AttachedFile } from '../device/answers.js';
import type { Photo } from '../device/photos.js';
import type { TicketWithPending } from '../queue/ticket.js';
import { whyOf } from './entry.js';
import type { ViewState } from './view.js';
import type { TextName } from './words/texts.js';

/** The button that takes a photo, or chooses one; the camera is the tablet's own. */
export const photoButton = ({ acts, words }: ViewState, { ticketId, title, status }: TicketWithPending) =>
  title === '' || status === 'merged'
    ? nothing
    : html`<label class="button quiet">
        ${words.say('photo')}
        <input
          type="file"
          class="unseen"
          accept="image/*"
          capture="environment"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            const [file] = input.files ?? [];
            // The same file may be chosen once more.
            input.value = '';
            if (file) void acts.addPhoto(ticketId, file);
          }}
        />
      </label>`;

/** The photos that wait here, then the files that the server has, which are shown while there is a network. */
export const photosOf = (shown: ViewState, { ticketId, attachments = 0 }: TicketWithPending) => {
  const { view, words } = shown;
  const waiting = view.photos.filter((photo) => photo.ticketId === ticketId);
  if (waiting.length === 0 && attachments === 0) return nothing;
  return html`<h2>${words.say('photosAndFiles')}</h2>
    <ul class="photos">
      ${repeat(
        waiting,
        ({ commandId }) => commandId,
        (photo) => html`<li class="sheet">${waitingPhoto(shown, photo)}</li>`,
      )}
      ${(view.files ?? []).map((file) => html`<li class="sheet">${sentFile(shown, ticketId, file)}</li>`)}
    </ul>
    ${
      view.files || attachments === 0
        ? nothing
        : html`<p class="hint">${words.counted(attachments, 'sentFile')}.</p>`
    }`;
};

const waitingPhoto = ({ view, acts, words }: ViewState, photo: Photo): TemplateResult => {
  const { say } = words;
  const moment = words.momentName(photo.occurredAt, view.now);
  return html`<canvas
      role="img"
      aria-label="${say('photoOf')} ${moment}"
      ${ref((canvas) => {
        if (canvas instanceof HTMLCanvasElement) acts.drawPhoto(photo, canvas);
      })}
    ></canvas>
    <p class="hint">${moment} · ${say(photo.refusal ? 'photoRefused' : 'photoWaits')}</p>
    ${photo.refusal ? whyOf(photo.refusal, words) : nothing}
    <div class="acts">
      ${
        photo.refusal
          ? html`<button class="button" @click=${() => void acts.sendPhotoAgain(photo)}>
              ${say('sendAgain')}
            </button>`
          : nothing
      }
      <details class="surrender">
        <summary class="button quiet">${say('remove')}</summary>
        <p>${say('photoWillGo')}</p>
        <button class="button danger" @click=${() => void acts.removePhoto(photo)}>${say('erase')}</button>
      </details>
    </div>`;
};

/** An available file is one like any other. */
const stateNames: Record<AttachedFile['state'], TextName | undefined> = {
  available: undefined,
  quarantined: 'quarantined',
  infected: 'infected',
  erased: 'fileErased',
};

const sentFile = ({ view, words }: ViewState, ticketId: string, file: AttachedFile): TemplateResult => {
  const address = `/v1/tickets/${ticketId}/attachments/${file.attachmentId}`;
  const isShown = file.state === 'available';
  const name = file.name || words.say('file');
  const isImage = isShown && file.contentType.startsWith('image/');
  const look = isImage
    ? html`<img src="${address}?size=thumbnail" alt=${name} loading="lazy" />`
    : html`<span>${name}</span>`;
  const state = stateNames[file.state];
  const details = [words.momentName(file.occurredAt, view.now), file.addedBy, state && words.say(state)];
  return html`${isShown ? html`<a href=${address} target="_blank" rel="noopener">${look}</a>` : look}
    <p class="hint">${details.filter(Boolean).join(' · ')}</p>`;
};
