import type { BrokenInvariant } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { momentIn, numberIn } from '../../../calendar/formatting.js';
import type { Instant } from '../../../shared/instant.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn, type BulletinWord } from '../bulletin-words.js';
import { brokenIn, revisionRule, rules } from './rules.js';

/** The results of the checks. */
interface Checked {
  broken: readonly BrokenInvariant[];
  /** When the ticket day ends; undefined where it is over. */
  endsAt: Instant | undefined;
  timeZone: string;
}

/**
 * Every rule that is checked before publication; for a broken rule also the establishment, the expected and the actual value.
 * `unknown` is a reason why the rules about figures can't be checked; they are then shown as neither held nor broken.
 */
export const checksList = (
  { broken, endsAt, timeZone }: Checked,
  {
    unknown,
    language,
    isRevision = false,
  }: { unknown: string | undefined; language: Language; isRevision?: boolean },
): Html => {
  const say = bulletinWordsIn(language);
  const over =
    endsAt === undefined
      ? []
      : [html`${say('overAt')} ${momentIn(language, endsAt, timeZone)} (${timeZone})`];
  const shown = isRevision ? [...rules, revisionRule] : rules;
  return html`<ul class="checks">
      ${!isRevision && check(say('dayIsOver'), { state: over.length === 0 ? 'holds' : 'fails', failures: over, language })}
      ${shown.map((rule) => {
        if (unknown !== undefined)
          return check(rule.name[language], { state: 'unknown', failures: [], language });
        const failures = brokenIn(rule, broken).map(failure(language));
        return check(rule.name[language], {
          state: failures.length === 0 ? 'holds' : 'fails',
          failures,
          language,
        });
      })}
    </ul>
    ${unknown !== undefined && html`<p class="unknown-why">${say('unknown')}. ${unknown}</p>`}`;
};

const marks = {
  holds: { mark: '✓', word: 'holds' },
  fails: { mark: '✗', word: 'broken' },
  unknown: { mark: '?', word: 'unknown' },
} as const satisfies Record<string, { mark: string; word: BulletinWord }>;

const check = (
  name: string,
  { state, failures, language }: { state: keyof typeof marks; failures: readonly Html[]; language: Language },
): Html => {
  const { mark, word } = marks[state];
  return html`<li class="${state}">
    <span class="mark" role="img" aria-label="${bulletinWordsIn(language)(word)}">${mark}</span>
    <span
      >${name}${
        failures.length > 0 &&
        html`<ul>
          ${failures.map((reason) => html`<li>${reason}</li>`)}
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
