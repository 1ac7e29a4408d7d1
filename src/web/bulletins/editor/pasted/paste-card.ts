import { html, type Html } from '../../../../platform/http/html.js';
import { dateIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text/text.js';
import { pasteWordsIn } from './paste-words.js';
import type { PastedBulletin } from './pasted-bulletin.js';
import { differences } from './proposals-card.js';
import type { Proposal } from './proposals.js';

/** The longest bulletin that is read at once. */
export const maxPastedLength = 60_000;

/** The part in which a whole bulletin is pasted; it opens on demand, and stands open where a draft has no text yet. */
export const pasteCard = (
  { date, revision, isEmpty }: { date: string; revision: number; isEmpty: boolean },
  language: Language,
): Html => {
  const say = pasteWordsIn(language);
  return html`<details class="card paste" ${isEmpty && html`open`}>
    <summary>${say('paste')}</summary>
    <form method="post" action="/bulletins/${date}/paste">
      <input type="hidden" name="revision" value="${revision}" />
      <div class="field">
        <label for="pasted">${say('pastedText')}</label>
        <span class="hint" id="pasted-hint">${say('pasteHint')}</span>
        <textarea
          id="pasted"
          name="pasted"
          rows="4"
          maxlength="${maxPastedLength}"
          aria-describedby="pasted-hint"
        ></textarea>
      </div>
      <p class="row">
        <button class="quiet">${say('read')}</button>
        <label class="check"
          ><input type="checkbox" name="typography" value="yes" checked /> ${say('withTypography')}</label
        >
      </p>
    </form>
  </details>`;
};

/** What was read of a pasted bulletin, and what typography changed in it. */
export interface Pasted {
  read: PastedBulletin;
  set: readonly Proposal[];
}

/** What a producer has to know of a bulletin that was just pasted. */
export const pastedNotice = (
  { read: { date, ticketDay, unreadTicketHeading, unplaced, counted, isRecognized }, set }: Pasted,
  draftDate: string,
  language: Language,
): Html => {
  const say = pasteWordsIn(language);
  const words = set.flatMap((proposal) => proposal.words);
  const lines = (title: string, all: readonly string[]) =>
    all.length > 0 &&
    html`<p>${title}:</p>
      <ul>
        ${all.map((line) => html`<li>${line}</li>`)}
      </ul>`;
  const isDayUnread = ticketDay === undefined && (unreadTicketHeading !== undefined || counted.length > 0);
  const needsCare =
    isDayUnread || unplaced.length > 0 || !isRecognized || (date !== undefined && date !== draftDate);
  return html`<div class="${needsCare ? 'warning' : 'done'} pasted" role="status" id="pasted-notice">
    <p>${say(isRecognized ? 'wasRead' : 'nothingRead')}</p>
    ${date !== undefined && date !== draftDate && html`<p>${say('otherDate')}: ${dateIn(language, date)}.</p>`}
    ${isDayUnread && html`<p>${say('unreadTicketDay')}${unreadTicketHeading !== undefined && `: «${unreadTicketHeading}»`}.</p>`}
    ${lines(say('unplaced'), unplaced)} ${lines(say('counted'), counted)}
    ${
      words.length > 0 &&
      html`<details>
        <summary>${say('set')} (${words.length})</summary>
        ${differences(words, language)}
      </details>`
    }
  </div>`;
};
