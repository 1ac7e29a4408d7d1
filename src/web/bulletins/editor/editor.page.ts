import type { Day } from '../../../calendar/local-days.js';
import { html, type Html } from '../../../platform/http/html.js';
import { dateIn, momentIn, weekdayIn } from '../../../calendar/formatting.js';
import type { Instant } from '../../../shared/instant.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import { conflictNotesOf } from './conflict-notes.js';
import type { DraftForm, ReleveRow } from './draft-form.js';
import { errorSummary } from '../error-summary.js';
import { fieldId, editorTextArea, textField, type FieldErrors } from './text-field.js';
import { highlightRow } from './highlight-rows.js';
import type { Insight } from './insight/insight.js';
import { insightCard } from './insight/insight-card.js';
import type { SentenceStyle } from './insight/insight-sentences.js';
import type { Conflict, Merged } from './merged-drafts.js';
import { pasteCard, pastedNotice, type Pasted } from './pasted/paste-card.js';
import { proposalsCard } from './pasted/proposals-card.js';
import type { Proposal } from './pasted/proposals.js';
import type { Earlier } from './releves/offered-releves.js';
import { releveFieldset, releveNameSuggestions } from './releves/releve-fieldset.js';
import { bulletinTitle } from '../titles.js';

/** The data of the editor's page: the typed draft, and what the page shows about it. */
export interface Editing {
  date: Day;
  /** The revision of the bulletin that the draft was made from; saving sends it as If-Match. */
  revision: number;
  form: DraftForm;
  /** Empty relevés that the page offers besides those of the form. */
  offered: readonly ReleveRow[];
  earlier: Earlier | undefined;
  /** Nothing was typed or saved yet. */
  isBeginning: boolean;
  /** The ticket day can't be changed, since it was published. */
  isDayFixed: boolean;
  errors: FieldErrors;
  /** Set where someone else has saved a draft meanwhile. */
  meanwhile?: (Pick<Merged, 'conflicts'> & { by: string; at: Instant; timeZone: string }) | undefined;
  /** How the bulletin is printed. */
  style: SentenceStyle;
  /** What the figures of its ticket day say. */
  insights: readonly Insight[];
  /** How its texts would be read and set. */
  proposals: readonly Proposal[];
  /** It was typed or pasted, and is not saved. */
  isUnsaved: boolean;
  /** Set where a whole bulletin was just pasted. */
  pasted?: Pasted | undefined;
  /** The bulletin as it would be printed, as HTML; undefined where the draft is invalid. */
  preview: string | undefined;
  /** The names and aliases of all establishments, as suggestions. */
  names: readonly string[];
}

export const editorMain = (editing: Editing, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { date, revision, meanwhile } = editing;
  return html`<p class="crumbs">
      <a href="/bulletins">${say('bulletins')}</a>${
        revision > 0 && html` › <a href="/bulletins/${date}">${bulletinTitle(date, language)}</a>`
      }
    </p>
    <div class="top"><h1>${bulletinTitle(date, language)}</h1></div>
    ${errorSummary(editing, language)} ${meanwhile && meanwhileNotice(meanwhile, language)}
    ${beginningNotice(editing, language)} ${editing.pasted && pastedNotice(editing.pasted, date, language)}
    ${pasteCard({ date, revision, isEmpty: isEmpty(editing) }, language)}
    <div class="editing">
      <form
        method="post"
        action="/bulletins/${date}/edit"
        class="editor"
        id="editor"
        ${editing.isUnsaved && html` data-unsaved`}
      >
        <input type="hidden" name="revision" value="${revision}" />
        ${ticketsPart(editing, language)} ${textPart(editing, 'bilan', language)}
        ${highlightsPart(editing, language)} ${relevesPart(editing, language)}
        ${textPart(editing, 'objectif', language)}
        <p class="row actions bar">
          <button>${say(meanwhile ? 'saveAnyway' : 'save')}</button>
          <button class="quiet" formaction="/bulletins/${date}/preview">${say('showPreview')}</button>
          <a href="${revision > 0 ? `/bulletins/${date}` : '/bulletins'}">${say('cancel')}</a>
        </p>
      </form>
      <div class="beside">
        ${insightCard(editing, language)} ${proposalsCard(editing, language)}
        ${previewPart(editing, language)}
      </div>
    </div>`;
};

/** A draft that was begun from nothing, and has no text yet. */
const isEmpty = ({ isBeginning, earlier, form: { bilan, objectif, highlights } }: Editing): boolean =>
  isBeginning && earlier === undefined && `${bilan}${objectif}` === '' && highlights.length === 0;

const part = (
  name: string,
  { title, theirs, content }: { title: string; theirs: Html | false; content: Html },
): Html =>
  html`<section class="card" aria-labelledby="${name}-title">
    <h2 id="${name}-title">${title}</h2>
    ${theirs} ${content}
  </section>`;

const conflictsIn = (
  { meanwhile }: Editing,
  isMine: (conflict: Conflict) => boolean,
  language: Language,
): Html | false =>
  meanwhile !== undefined && conflictNotesOf(meanwhile.conflicts.filter(isMine), meanwhile.by, language);

const ticketsPart = (editing: Editing, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { form, errors, isDayFixed } = editing;
  return part('tickets', {
    title: say('ticketDay'),
    theirs: conflictsIn(editing, ({ part: of }) => of === 'ticketDay', language),
    content: html`${textField({
        ...{
          name: '/ticketDay',
          label: say('ticketDay'),
          value: form.ticketDay,
          type: 'date',
          errors,
          language,
        },
        hint: say(isDayFixed ? 'ticketDayFixed' : 'ticketDayHint'),
        isFixed: isDayFixed,
      })}
      <label class="check"
        ><input
          type="checkbox"
          name="/weekChart"
          value="yes"
          ${form.weekChart && html`checked`}
          aria-describedby="week-chart-hint"
        />
        ${say('weekChart')}</label
      >
      <p class="hint" id="week-chart-hint">${say('weekChartHint')}</p>`,
  });
};

const textPart = (editing: Editing, name: 'bilan' | 'objectif', language: Language): Html => {
  const say = bulletinWordsIn(language);
  return part(name, {
    title: say(name),
    theirs: conflictsIn(editing, ({ part: of }) => of === name, language),
    content: editorTextArea({
      ...{
        name: `/sections/${name}`,
        label: say('text'),
        value: editing.form[name],
        errors: editing.errors,
      },
      hint: say('markdownHint'),
      language,
      rows: name === 'bilan' ? 10 : 6,
    }),
  });
};

const highlightsPart = (editing: Editing, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { form, errors, names } = editing;
  const rows = [...form.highlights, { establishments: '', text: '' }];
  return part('highlights', {
    title: say('highlights'),
    theirs: conflictsIn(editing, ({ part: of }) => of === 'faitsSaillants', language),
    content: html`<datalist id="establishments">
        ${names.map((name) => html`<option value="${name}"></option>`)}
      </datalist>
      <div data-rows="highlights">
        ${rows.map((row, index) => highlightRow(row, { index, isNew: index === form.highlights.length, errors, language }))}
      </div>
      ${addRow('highlights', language)}`,
  });
};

const addRow = (rows: string, language: Language): Html => {
  const say = bulletinWordsIn(language);
  return html`<p class="hint" data-add="${rows}" data-text="${say('addRow')}">${say('addRowHint')}</p>`;
};

const relevesPart = (editing: Editing, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { form, offered, earlier, errors } = editing;
  const rows = [...form.releves, ...offered];
  const error = errors.get('/releves');
  return part('releves', {
    title: say('technology'),
    theirs: conflictsIn(editing, ({ part: of }) => of.startsWith('releve '), language),
    content: html`<p class="hint">${say('releveHint')}</p>
      ${error !== undefined && html`<p class="error" id="${fieldId('/releves')}">${error}</p>`}
      ${releveNameSuggestions(language)}
      <div data-rows="releves">
        ${rows.map((row, index) => releveFieldset({ row, index, earlier, errors, language }))}
        ${releveFieldset({ row: undefined, index: rows.length, earlier, errors, language })}
      </div>
      ${addRow('releves', language)}`,
  });
};

const previewPart = ({ preview }: Editing, language: Language): Html => {
  const say = bulletinWordsIn(language);
  return html`<section class="card preview" aria-labelledby="preview-title" id="preview">
    <h2 id="preview-title">${say('preview')}</h2>
    ${
      preview === undefined
        ? html`<p>${say('noPreview')}</p>`
        : html`<iframe srcdoc="${preview}" sandbox="allow-same-origin" title="${say('preview')}"></iframe>`
    }
  </section>`;
};

const meanwhileNotice = (meanwhile: NonNullable<Editing['meanwhile']>, language: Language): Html => {
  const say = bulletinWordsIn(language);
  const { conflicts, by, at, timeZone } = meanwhile;
  return html`<div class="warning" role="alert" id="meanwhile">
    <h2>${say('conflict')}</h2>
    <p>${say('conflictBy')}: ${by}, ${momentIn(language, at, timeZone)}.</p>
    <p>${say(conflicts.length > 0 ? 'conflictHint' : 'conflictNone')}</p>
  </div>`;
};

const beginningNotice = ({ isBeginning, earlier, date }: Editing, language: Language): Html | false => {
  const say = bulletinWordsIn(language);
  return (
    isBeginning &&
    earlier !== undefined &&
    html`<p class="done">
      ${say('takenFrom')} <a href="/bulletins/${earlier.date}">${dateIn(language, earlier.date)}</a>
      (${weekdayIn(language, earlier.contents.ticketDay)}); ${say('figuresToEnter')}.
      <a href="/bulletins/${date}/edit?from=nothing">${say('startEmpty')}</a>
    </p>`
  );
};
