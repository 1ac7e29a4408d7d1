import type { Cause, Caution } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { weekdayIn } from '../../../calendar/formatting.js';
import { figuresTable, type FigureColumn } from '../../page/figures-table.js';
import { behindWarning } from '../../page/behind-warning.js';
import type { PageReader } from '../../page/page-frame.js';
import { isReady, type BulletinState } from '../reading/bulletin-state.js';
import { bulletinWordsIn, type BulletinWord } from '../bulletin-words.js';
import { cautionsCard } from './cautions-card.js';
import { causesTable } from '../reading/causes-table.js';
import { checksList } from './checks-list.js';
import { differencesTable } from '../reading/differences.js';
import { previewFrame } from '../reading/printed-card.js';
import { textLines } from '../reading/revisions-card.js';
import { bulletinTitle } from '../titles.js';
import { whyUnknown } from '../why-unknown.js';

const columns: readonly FigureColumn[] = [
  ['opened', 'opened'],
  ['resolvedSameDay', 'resolvedSameDay'],
  ['backlog', 'backlogAtMidnight'],
];

/** The reason why a requested publication did not happen. */
export type NotDone = 'changed-meanwhile' | 'does-not-hold' | 'figures-behind';

const reasons = {
  'changed-meanwhile': 'changedMeanwhile',
  'does-not-hold': 'cannotPublish',
  'figures-behind': 'waitsForFigures',
} as const satisfies Record<NotDone, BulletinWord>;

/**
 * The page before a publication: what is probably a mistake, the figures that will be frozen, the rules that must hold, the button, and
 * the whole bulletin as readers will see it.
 */
export const publishMain = (
  state: BulletinState,
  {
    cautions,
    reader,
    notDone,
  }: { cautions: readonly Caution[]; reader: PageReader; notDone: NotDone | undefined },
): Html => {
  const { language } = reader;
  const say = bulletinWordsIn(language);
  const { figures, snapshot } = state;
  const { ticketDay } = snapshot.bulletin.draft;
  return html`${heading(state, { title: say('confirmPublish'), notDone, reader })}
    ${cautionsCard(cautions, language)}
    <section class="card" aria-labelledby="figures-title">
      <h2 id="figures-title">${say('figures')} – ${weekdayIn(language, ticketDay)}</h2>
      ${figures ? figuresTable(figures, { columns, language }) : html`<p>${say('notBegun')}</p>`}
    </section>
    <section class="card" aria-labelledby="checks-title">
      <h2 id="checks-title">${say('beforePublishing')}</h2>
      ${checksList(state, { unknown: whyUnknown(state, language), language })}
    </section>
    <p>${say(isReady(state) ? 'publishMeans' : 'cannotPublish')}</p>
    ${confirmation(state, { step: 'publish', isReady: isReady(state), reader })}
    ${previewFrame(snapshot.date, language)}`;
};

/** The page before a revision: the changes it will publish, the events that caused them, and the button. */
export const reviseMain = (
  state: BulletinState,
  {
    cautions,
    causes,
    reader,
    notDone,
  }: {
    cautions: readonly Caution[];
    causes: readonly Cause[];
    reader: PageReader;
    notDone: NotDone | undefined;
  },
): Html => {
  const { language } = reader;
  const say = bulletinWordsIn(language);
  const { publication, changes, figures, broken, texts, isDraftChanged, snapshot, timeZone } = state;
  if (!publication || !figures) throw new Error('only what is published is revised');
  const { ticketDay } = snapshot.bulletin.draft;
  const unknown = whyUnknown(state, language);
  const isWithdrawn = snapshot.bulletin.status === 'withdrawn';
  const differs = changes.length > 0 || isDraftChanged || isWithdrawn;
  return html`${heading(state, { title: say('confirmRevise'), notDone, reader })}
    ${cautionsCard(cautions, language)}
    ${
      changes.length > 0 &&
      html`<section class="card changed-since" aria-labelledby="changes-title">
        <h2 id="changes-title">${say('changedFigures')}</h2>
        ${differencesTable(ticketDay, { before: publication.figures, after: figures, language })}
        <h3>${say('eventsBehind')}</h3>
        ${causesTable(ticketDay, { causes, timeZone, language })}
      </section>`
    }
    ${
      isDraftChanged &&
      html`<section class="card" aria-labelledby="texts-title">
        <h2 id="texts-title">${say('changedDraft')}</h2>
        <ul>
          ${textLines(texts, language)}
        </ul>
      </section>`
    }
    ${
      (broken.length > 0 || unknown !== undefined) &&
      html`<section class="card" aria-labelledby="checks-title">
        <h2 id="checks-title">${say('beforePublishing')}</h2>
        ${checksList({ broken, endsAt: undefined, timeZone }, { unknown, language, isRevision: true })}
      </section>`
    }
    <p>
      ${differs ? html`${say(isWithdrawn ? 'reviseWithdrawnMeans' : 'reviseMeans')} ${say('willBe')} ${publication.revision + 1}.` : unknown === undefined && say('nothingToRevise')}
    </p>
    ${confirmation(state, { step: 'revise', isReady: differs && broken.length === 0 && unknown === undefined, reader })}`;
};

const heading = (
  { snapshot, behind }: BulletinState,
  {
    title,
    notDone,
    reader: { language },
  }: { title: string; notDone: NotDone | undefined; reader: PageReader },
): Html => {
  const say = bulletinWordsIn(language);
  const { date } = snapshot;
  return html`<p class="crumbs">
      <a href="/bulletins">${say('bulletins')}</a> ›
      <a href="/bulletins/${date}">${bulletinTitle(date, language)}</a>
    </p>
    <div class="top"><h1>${title}</h1></div>
    ${notDone && html`<p class="warning" role="alert">${say(reasons[notDone])}</p>`}
    ${behindWarning(behind, language)}`;
};

const confirmation = (
  { snapshot }: BulletinState,
  {
    step,
    isReady,
    reader: { language },
  }: { step: 'publish' | 'revise'; isReady: boolean; reader: PageReader },
): Html => {
  const say = bulletinWordsIn(language);
  const { date, revision } = snapshot;
  return html`<form method="post" action="/bulletins/${date}/${step}" class="row actions">
    <input type="hidden" name="revision" value="${revision}" />
    ${isReady && html`<button>${say(step)}</button>`}
    <a class="button quiet" href="/bulletins/${date}">${say('back')}</a>
  </form>`;
};
