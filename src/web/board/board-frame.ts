import { isAllowed, type Principal } from '../../access/index.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { demonstrationBar } from '../demonstration/demonstration-bar.js';
import type { Simulation } from '../demonstration/simulation.js';
import { pageWordsIn } from '../page/words.js';
import { screensLink } from '../screens/screens.page.js';

/** The board of a desk with what stands around it: the demo's bar where this is the demo, and the ways to screens on walls. */
export const framedBoard = (
  board: Html,
  {
    principal,
    simulation,
    language,
  }: { principal: Principal; simulation: Simulation | undefined; language: Language },
): Html =>
  html`${simulation && demonstrationBar(simulation, language)} ${board}
    <p class="hint row board-links">
      <a href="/?mur">${pageWordsIn(language)('wallMode')}</a>
      ${isAllowed(principal, 'screens:manage') && screensLink(language)}
    </p>`;
