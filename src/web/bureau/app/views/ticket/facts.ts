import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { requesterText } from '../../../../../shared/requester.js';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import {
  categoryLabels,
  codesOf,
  priorityLabels,
  transitionLabels,
} from '../../../../../shared/vocabulary.js';
import type { Ticket } from '../../api/answers.js';
import { ageOf, momentOf } from '../../moments.js';
import type { Shown } from '../../state.js';
import { isOffered } from '../../tickets/command.js';
import { namesIn, sayIn } from '../../words.js';

type Fact = readonly [name: string, value: TemplateResult | string | null | undefined];

/** What is known of a ticket; its priority and category are changed where they stand. */
export const facts = (shown: Shown, ticket: Ticket): TemplateResult => {
  const { state } = shown;
  const { language, establishments } = state.desk;
  const say = sayIn(language);
  const names = namesIn(language);
  const at = establishments.find(({ code }) => code === ticket.establishment);
  const site = at?.sites.find(({ code }) => code === ticket.site)?.name ?? ticket.site;
  const moment = (instant: string) => momentOf(instant, state.now, language);
  const shownFacts: Fact[] = [
    [say('priority'), prioritySelect(shown, ticket)],
    [say('category'), categorySelect(shown, ticket)],
    [say('establishment'), [at?.name ?? ticket.establishment, site].filter(Boolean).join(' – ')],
    [say('place'), ticket.location],
    [say('requester'), requesterText(ticket.requester)],
    [say('assignee'), ticket.assignee ?? say('nobody')],
    [say('team'), ticket.team],
    [
      transitionLabels.open[language],
      `${moment(ticket.openedAt)} (${ageOf(ticket.openedAt, state.now, language)})`,
    ],
    [say('changed'), moment(ticket.updatedAt)],
    [say('watchers'), ticket.watchers > 0 ? String(ticket.watchers) : undefined],
    [
      say('resolution'),
      ticket.resolution && `${names.resolution(ticket.resolution.code)}. ${ticket.resolution.note}`,
    ],
    [say('mergedInto'), ticket.mergedInto && ticketLink(shown, ticket.mergedInto)],
    [
      say('links'),
      ticket.links.length === 0
        ? undefined
        : html`${ticket.links.map(
            ({ to, relation }) =>
              html`<span class="link">${ticketLink(shown, to)} ${names.relation(relation)}</span>`,
          )}`,
    ],
    [say('people'), state.open && state.open.people > 1 ? String(state.open.people) : undefined],
    [
      say('children'),
      state.open?.children.length
        ? html`${state.open.children.map(
            ({ ticketId, title, status }) =>
              html`<span class="link"
                >${ticketLink(shown, ticketId)} ${names.title(title)} (${names.status(status)})</span
              >`,
          )}`
        : undefined,
    ],
    [
      say('mergedFrom'),
      state.open?.mergedFrom.length
        ? html`${state.open.mergedFrom.map(
            ({ ticketId, title }) =>
              html`<span class="link">${ticketLink(shown, ticketId)} ${names.title(title)}</span>`,
          )}`
        : undefined,
    ],
  ];
  return html`<dl class="facts">
    ${shownFacts.map(([name, value]) =>
      value
        ? html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`
        : nothing,
    )}
  </dl>`;
};

const ticketLink = ({ acts }: Shown, ticketId: string): TemplateResult =>
  html`<a
    class="reference"
    href="/bureau?ticket=${ticketId}"
    @click=${(event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      acts.open(ticketId);
    }}
    >${referenceOf(ticketId)}</a
  >`;

const prioritySelect = ({ state, acts }: Shown, ticket: Ticket): TemplateResult => {
  const { language } = state.desk;
  return html`<select
    aria-label=${sayIn(language)('priority')}
    ?disabled=${!isOffered(ticket, 'reprioritize')}
    @change=${({ target }: Event) => {
      const priority = (target as HTMLSelectElement).value as Ticket['priority'];
      acts.give({ type: 'reprioritize', priority }, [ticket.ticketId]);
    }}
  >
    ${codesOf(priorityLabels).map(
      (code) =>
        html`<option value=${code} .selected=${live(code === ticket.priority)}>
          ${code} · ${priorityLabels[code][language]}
        </option>`,
    )}
  </select>`;
};

const categorySelect = ({ state, acts }: Shown, ticket: Ticket): TemplateResult => {
  const { language } = state.desk;
  return html`<select
    aria-label=${sayIn(language)('category')}
    ?disabled=${!isOffered(ticket, 'recategorize')}
    @change=${({ target }: Event) => {
      const category = (target as HTMLSelectElement).value as Ticket['category'];
      acts.give({ type: 'recategorize', category }, [ticket.ticketId]);
    }}
  >
    ${codesOf(categoryLabels).map(
      (code) =>
        html`<option value=${code} .selected=${live(code === ticket.category)}>
          ${categoryLabels[code][language]}
        </option>`,
    )}
  </select>`;
};
