import { html, nothing, type TemplateResult } from 'lit-html';
import { countUnseen } from '../news.js';
import { addressOf } from '../queue/filter.js';
import type { Shown, State } from '../state.js';
import { sayIn } from '../words.js';

/** The address of what is shown, in another language. */
const inLanguage = ({ filter, open }: State, language: string): string => {
  const parameters = addressOf(filter);
  if (open) parameters.set('ticket', open.ticketId);
  parameters.set('lang', language);
  return parameters.toString();
};

/**
 * What is at the top of the page: the name, other pages, who is signed in, and news. On a phone and at 200 % it is one row, with a menu
 * that opens over the page, as on the other pages.
 */
export const banner = ({ state, acts }: Shown): TemplateResult => {
  const { desk, notifications, seenPosition } = state;
  const say = sayIn(desk.language);
  const unseen = countUnseen(notifications, seenPosition);
  const otherLanguage = desk.language === 'fr' ? 'en' : 'fr';
  return html`<header class="banner">
    <a class="name" href="/bureau">Billets quotidiens</a>
    <button type="button" class="menu-button" popovertarget="menu">${say('menu')}</button>
    <div class="menu" id="menu" popover>
      <nav aria-label=${say('pages')}>
        <ul>
          <li><a href="/bureau" aria-current="page">${say('desk')}</a></li>
          ${desk.reports ? html`<li><a href="/rapports">${say('reports')}</a></li>` : nothing}
          <li>
            <a
              href="/bureau?${inLanguage(state, otherLanguage)}"
              lang=${otherLanguage}
              hreflang=${otherLanguage}
              >${say('otherLanguage')}</a
            >
          </li>
        </ul>
      </nav>
      <form method="post" action="/sign-out">
        <span class="person">${desk.person}</span>
        <button class="bare">${say('signOut')}</button>
      </form>
    </div>
    <button
      class="bare"
      @click=${() => acts.showPanel('help')}
      aria-label=${say('keys')}
      title=${say('keys')}
    >
      <kbd>?</kbd>
    </button>
    <button class="bare bell" @click=${() => acts.showPanel('notifications')}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 3a6 6 0 0 0-6 6v4l-2 3v1h16v-1l-2-3V9a6 6 0 0 0-6-6Zm-2.5 15.5a2.5 2.5 0 0 0 5 0Z" />
      </svg>
      <span class="unseen">${say('notifications')}</span>
      ${unseen === 0 ? nothing : html`<span class="badge">${unseen}</span>`}
    </button>
  </header>`;
};
