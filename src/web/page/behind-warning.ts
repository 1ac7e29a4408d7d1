import { behindIn, type Behind } from '../../billets-quotidiens/index.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text.js';

/** That the figures of a page are behind the log, where they are. */
export const behindWarning = (behind: Behind | undefined, language: Language): Html | false =>
  behind !== undefined && html`<p class="warning">${behindIn(language, behind)}</p>`;
