import { isAllowed } from '../../../access/index.js';
import { currentWithdrawal, type KnownFigures } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { momentIn, weekdayIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import type { FigureColumn } from '../../page/figures-table.js';
import { figuresTable } from '../../page/figures-table.js';
import { bulletinWordsIn, type BulletinWord } from '../bulletin-words.js';
import { behindWarning } from '../../page/behind-warning.js';
import type { PageReader } from '../../page/page-frame.js';
import { isReady, type BulletinState } from './bulletin-state.js';
import { checksList } from '../publishing/checks-list.js';
import { whyUnknown } from '../why-unknown.js';
import { differencesTable } from './differences.js';
import { printedCard } from './printed-card.js';
import { releveHistory } from '../editor/releves/releve-history.js';
import { revisionsCard } from './revisions-card.js';
import { stateChip } from './state-chip.js';
import { bulletinTitle } from '../titles.js';

export const donePublishingWords = {
  saved: 'doneSaved',
  published: 'donePublished',
  revised: 'doneRevised',
  withdrawn: 'doneWithdrawn',
} as const;
export type DonePublishing = keyof typeof donePublishingWords;

const columns: readonly FigureColumn[] = [
  ['opened', 'opened'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['resolved', 'resolved'],
  ['backlog', 'backlogAtMidnight'],
];

/** The page of a bulletin: its state, the checks before or the changes since publication, its figures, and its printed formats. */
export const bulletinMain = (
  state: BulletinState,
  reader: PageReader,
  done: DonePublishing | undefined,
): Html => {
  const { language } = reader;
  const say = bulletinWordsIn(language);
  const { date, bulletin } = state.snapshot;
  const { publication, isDraftChanged } = state;
  const { status } = bulletin;
  const chip = stateChip(
    { status, revision: publication?.revision ?? 0, draftChanged: isDraftChanged },
    language,
  );
  return html`<p class="crumbs"><a href="/bulletins">${say('bulletins')}</a></p>
    <div class="top">
      <h1>${bulletinTitle(date, language)}</h1>
      <p class="fresh">${chip}</p>
    </div>
    ${done && html`<p class="done" role="status">${say(donePublishingWords[done])}</p>`}
    ${behindWarning(state.behind, language)} ${withdrawnNotice(state, language)} ${actions(state, reader)}
    <div class="columns">
      <div>
        ${publication ? sincePublication(state, reader) : beforePublication(state, reader)}
        ${figuresCard(state, reader)} ${revisionsCard(state, reader)}
        ${releveHistory(bulletin, state.timeZone, language)}
      </div>
      ${printedCard(date, publication === undefined, language)}
    </div>`;
};

type Step = 'edit' | 'publish' | 'revise' | 'withdraw' | 'delete';

const step = (date: string, { name, text, look = '' }: { name: Step; text: string; look?: string }): Html =>
  html`<a class="button ${look}" href="/bulletins/${date}/${name}">${text}</a>`;

const actions = (state: BulletinState, { principal, language }: PageReader): Html => {
  const say = bulletinWordsIn(language);
  const { snapshot, publication, changes, isDraftChanged } = state;
  const { date } = snapshot;
  const mayPublish = isAllowed(principal, 'bulletins:publish');
  const { status } = snapshot.bulletin;
  const differs = changes.length > 0 || isDraftChanged || status === 'withdrawn';
  return html`<p class="row actions">
    ${mayPublish && !publication && isReady(state) && step(date, { name: 'publish', text: say('publishStep') })}
    ${mayPublish && publication !== undefined && differs && step(date, { name: 'revise', text: say('reviseStep') })}
    ${isAllowed(principal, 'bulletins:write') && step(date, { name: 'edit', text: say(publication ? 'edit' : 'editDraft'), look: 'quiet' })}
    ${mayPublish && status === 'published' && step(date, { name: 'withdraw', text: say('withdrawStep'), look: 'quiet' })}
    ${isAllowed(principal, 'bulletins:write') && status === 'draft' && step(date, { name: 'delete', text: say('deleteStep'), look: 'quiet' })}
  </p>`;
};

/** When a bulletin was withdrawn, by whom and why; nothing for one that stands. */
const withdrawnNotice = ({ snapshot, timeZone }: BulletinState, language: Language): Html | false => {
  const withdrawal = currentWithdrawal(snapshot.bulletin);
  if (!withdrawal) return false;
  const say = bulletinWordsIn(language);
  const { reason, withdrawnAt, withdrawnBy } = withdrawal;
  return html`<section class="card withdrawn" aria-labelledby="withdrawn-title">
    <h2 id="withdrawn-title">${say('withdrawnSince')}</h2>
    <p>${reason}</p>
    <p class="hint">${momentIn(language, withdrawnAt, timeZone)}, ${say('by')} ${withdrawnBy}</p>
    <p>${say('withdrawnHint')}</p>
  </section>`;
};

const beforePublication = (state: BulletinState, { language }: PageReader): Html => {
  const say = bulletinWordsIn(language);
  const { snapshot, timeZone } = state;
  const { draftedAt, draftedBy } = snapshot.bulletin;
  return html`<section class="card" aria-labelledby="checks-title">
    <h2 id="checks-title">${say('beforePublishing')}</h2>
    ${checksList(state, { unknown: whyUnknown(state, language), language })}
    ${!isReady(state) && html`<p class="warning">${say('cannotPublish')}</p>`}
    <p class="hint">${say('writtenBy')} ${draftedBy}, ${momentIn(language, draftedAt, timeZone)}</p>
  </section>`;
};

const sincePublication = (state: BulletinState, { language }: PageReader): Html => {
  const say = bulletinWordsIn(language);
  const { publication, changes, figures, snapshot, isDraftChanged } = state;
  const { ticketDay } = snapshot.bulletin.draft;
  const notice = (
    id: string,
    { title, hint, content }: { title: BulletinWord; hint: BulletinWord; content: Html | false },
  ): Html =>
    html`<section class="card changed-since" aria-labelledby="${id}">
      <h2 id="${id}">${say(title)}</h2>
      <p>${say(hint)}</p>
      ${content}
    </section>`;
  return html`${
    publication !== undefined &&
    figures !== undefined &&
    changes.length > 0 &&
    notice('figures-changed', {
      title: 'changedFigures',
      hint: 'changedFiguresHint',
      content: differencesTable(ticketDay, { before: publication.figures, after: figures, language }),
    })
  }
  ${isDraftChanged && notice('draft-changed', { title: 'changedDraft', hint: 'changedDraftHint', content: false })}`;
};

const figuresCard = (
  { publication, figures: now, snapshot }: BulletinState,
  { language }: PageReader,
): Html => {
  const say = bulletinWordsIn(language);
  const figures = publication?.figures ?? now;
  const { ticketDay } = snapshot.bulletin.draft;
  return html`<section class="card" aria-labelledby="figures-title">
    <h2 id="figures-title">
      ${say('figures')} – <a href="/jours/${ticketDay}">${weekdayIn(language, ticketDay)}</a>
      <span class="hint">${say(publication ? 'frozen' : 'notFrozen')}</span>
    </h2>
    ${figures ? knownFigures(figures, language) : html`<p>${say('notBegun')}</p>`}
  </section>`;
};

const knownFigures = (figures: KnownFigures, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { knownAt, position, timeZone } = figures;
  return html`${figuresTable(figures, { columns, language })}
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, knownAt, timeZone)} (${timeZone}), ${say('position')} ${position}
    </p>`;
};

/** The page of a date without a bulletin, with a link to begin one. */
export const unwrittenMain = (date: string, { principal, language }: PageReader): Html => {
  const say = bulletinWordsIn(language);
  return html`<p class="crumbs"><a href="/bulletins">${say('bulletins')}</a></p>
    <div class="top"><h1>${bulletinTitle(date, language)}</h1></div>
    <p>${say('noneOfThisDate')}</p>
    ${isAllowed(principal, 'bulletins:write') && html`<p>${step(date, { name: 'edit', text: say('write') })}</p>`}`;
};
