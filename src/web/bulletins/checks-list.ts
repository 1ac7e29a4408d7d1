import type { BrokenInvariant } from '../../bulletins/bulletin.js';
import { html, type Html } from '../../platform/http/html.js';
import { momentIn, numberIn } from '../../platform/printed/printed.js';
import type { Instant } from '../../shared/instant.js';
import type { Language } from '../../shared/text.js';
import { bulletinWordsIn } from './bulletin-words.js';
import { brokenIn, revisionRule, rules } from './checks.js';

/** Every rule that holds before publication, and of those that don't where, what was expected, and what was found. */
export const checksList = (
  {
    broken,
    endsAt,
    timeZone,
  }: { broken: readonly BrokenInvariant[]; endsAt: Instant | undefined; timeZone: string },
  language: Language,
  { isRevision = false } = {},
): Html => {
  const say = bulletinWordsIn(language);
  const over =
    endsAt === undefined
      ? []
      : [html`${say('overAt')} ${momentIn(language, endsAt, timeZone)} (${timeZone})`];
  const shown = isRevision ? [...rules, revisionRule] : rules;
  return html`<ul class="checks">
    ${!isRevision && check(say('dayIsOver'), over, language)}
    ${shown.map((rule) => check(rule.name[language], brokenIn(rule, broken).map(failure(language)), language))}
  </ul>`;
};

const check = (name: string, failures: readonly Html[], language: Language): Html => {
  const say = bulletinWordsIn(language);
  const holds = failures.length === 0;
  return html`<li class="${holds ? 'holds' : 'fails'}">
    <span class="mark" role="img" aria-label="${say(holds ? 'holds' : 'broken')}">${holds ? '✓' : '✗'}</span>
    <span
      >${name}${
        failures.length > 0 &&
        html`<ul>
          ${failures.map((one) => html`<li>${one}</li>`)}
        </ul>`
      }</span
    >
  </li>`;
};

const failure =
  (language: Language) =>
  ({ invariant, establishment, expected, actual }: BrokenInvariant): Html => {
    const say = bulletinWordsIn(language);
    return html`${establishment ?? say('inTotal')}: ${say('expected')} ${numberIn(language, expected)},
      ${say('found')} ${numberIn(language, actual)} <code>${invariant}</code>`;
  };
