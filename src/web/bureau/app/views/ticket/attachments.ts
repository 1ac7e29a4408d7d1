import { html, nothing, type TemplateResult } from 'lit-html';
import type { Attachment } from '../../api/answers.js';
import { sizeOf } from '../../moments.js';
import type { OpenTicket, Shown } from '../../state.js';
import { sayIn } from '../../words.js';

/** The files beside a ticket: images are shown small, everything is saved and nothing of it runs. */
export const attachments = (shown: Shown, open: OpenTicket): TemplateResult => {
  const { state, acts } = shown;
  const say = sayIn(state.desk.language);
  const canAttach = open.ticket !== undefined && open.ticket.status !== 'merged' && open.ticket.title !== '';
  return html`<section class="attachments" aria-label=${say('attachments')}>
    ${
      open.attachments.length === 0
        ? nothing
        : html`<h3>${say('attachments')}</h3>
            <ul>
              ${open.attachments.map((attachment) => item(shown, open.ticketId, attachment))}
            </ul>`
    }
    ${
      canAttach
        ? html`<label class="attach">
            <input
              type="file"
              class="unseen"
              @change=${({ target }: Event) => {
                const input = target as HTMLInputElement;
                const [file] = input.files ?? [];
                if (file) acts.attach(file);
                input.value = '';
              }}
            />
            <span class="button quiet small">${say('attach')}</span>
          </label>`
        : nothing
    }
  </section>`;
};

const item = ({ state }: Shown, ticketId: string, attachment: Attachment): TemplateResult => {
  const { language } = state.desk;
  const say = sayIn(language);
  const { attachmentId, name, size, contentType, addedBy, state: availability } = attachment;
  const address = `/v1/tickets/${ticketId}/attachments/${attachmentId}`;
  const hint = html`<span class="hint">${sizeOf(size, language)} · ${addedBy}</span>`;
  if (availability !== 'available')
    return html`<li>${name} <span class="mark">${say(availability)}</span> ${hint}</li>`;
  return html`<li>
    <a href=${address} target="_blank" rel="noopener">
      ${
        contentType.startsWith('image/')
          ? html`<img
              src="${address}?size=thumbnail"
              alt=""
              loading="lazy"
              @error=${({ target }: Event) => (target as HTMLElement).remove()}
            />`
          : nothing
      }
      <span>${name}</span>
    </a>
    ${hint}
  </li>`;
};
