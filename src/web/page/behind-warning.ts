import { behindIn, type Behind } from '../../billets-quotidiens/index.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';

/** The warning that a page's figures are behind the log; false where they are up to date. */
export const behindWarning = (behind: Behind | undefined, language: Language): Html | false =>
  behind !== undefined && html`<p class="warning">${behindIn(language, behind)}</p>`;
