import { Injectable } from '@nestjs/common';
import {
  BulletinRepository,
  type BulletinSnapshot,
  type Bulletin,
  type Contents,
  DraftContents,
  type DraftBody,
  BulletinPrinter,
  Printing,
  PublishedViews,
} from '../../../bulletins/index.js';
import { html } from '../../../platform/http/html.js';
import { Establishments } from '../../../establishments/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import type { Day } from '../../../calendar/local-days.js';
import { DomainError } from '../../../shared/problems/domain-error.js';
import { problemCatalogue } from '../../../shared/problems/problem-catalogue.js';
import type { Language } from '../../../shared/text/text.js';
import { formOf, type DraftForm } from './draft-form.js';
import type { Editing } from './editor.page.js';
import { insightKey, type Insight } from './insight/insight.js';
import { sentenceOf, withSentence } from './insight/insight-sentences.js';
import { ReadInsights } from './insight/read-insights.js';
import { mergedDrafts } from './merged-drafts.js';
import type { Pasted } from './pasted/paste-card.js';
import { pastedBulletin, withPasted } from './pasted/pasted-bulletin.js';
import { proposalsFor, withProposals } from './pasted/proposals.js';
import { offeredReleves, type Earlier } from './releves/offered-releves.js';
import { beginning, StartingPoint } from './starting-point.js';

/** A draft as the editor's form sent it. */
export interface Typed {
  date: Day;
  revision: number;
  form: DraftForm;
}

/** The bulletin that is edited, and the last bulletin before it. */
type Known = [BulletinSnapshot, Earlier | undefined];

const nothing: Contents = { ticketDay: '', sections: {}, releves: [] };

/** Makes the data of the editor's page. */
@Injectable()
export class Editor {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly startingPoint: StartingPoint,
    private readonly contents: DraftContents,
    private readonly shown: PublishedViews,
    private readonly establishments: Establishments,
    private readonly printing: Printing,
    private readonly printer: BulletinPrinter,
    private readonly insights: ReadInsights,
  ) {}

  /** The saved draft; where there is none, the draft that a new bulletin begins with. */
  async begun(date: Day, language: Language, fromNothing: boolean): Promise<Editing> {
    const [snapshot, earlier] = await this.known(date);
    const { bulletin, revision } = snapshot;
    const isBeginning = bulletin.status === 'unwritten';
    const contents = isBeginning ? beginning(date, fromNothing ? undefined : earlier) : bulletin.draft;
    const typed = { date, revision, form: formOf(contents, language) };
    return {
      ...(await this.editing(typed, { contents, language, written: [snapshot, earlier] })),
      isBeginning,
      isUnsaved: false,
    };
  }

  /** The typed draft, with a preview where it is valid. Throws `unknown-establishment`. */
  async typed(typed: Typed, language: Language, body?: DraftBody): Promise<Editing> {
    return this.editing(typed, {
      contents: body && this.contents.of(body),
      language,
      written: await this.known(typed.date),
    });
  }

  /** The draft with a pasted bulletin in the place of what it has of it, as if all of that were typed; set in French typography if asked. */
  async pasted(
    date: Day,
    { text, isSet }: { text: string; isSet: boolean },
    language: Language,
  ): Promise<{ typed: Typed; pasted: Pasted }> {
    const { bulletin, revision } = await this.bulletins.snapshot(date);
    const read = pastedBulletin(text, date, (name) => this.establishments.find(name));
    const draft = bulletin.status === 'unwritten' ? beginning(date, undefined) : bulletin.draft;
    const contents = withPasted(draft, read);
    const ticketDay = bulletin.status === 'published' ? draft.ticketDay : contents.ticketDay;
    const form = formOf({ ...contents, ticketDay }, language);
    return {
      typed: { date, revision, form: isSet ? withProposals(form) : form },
      pasted: { read, set: isSet ? proposalsFor(form) : [] },
    };
  }

  /** The typed draft merged with the one that someone else saved meanwhile, with that one's revision, so that it can be saved. */
  async joined(typed: Typed, language: Language, body: DraftBody): Promise<Editing> {
    const { date } = typed;
    const [before, now, earlier] = await Promise.all([
      this.bulletins.snapshot(date, typed.revision),
      this.bulletins.written(date),
      this.startingPoint.earlier(date),
    ]);
    const { draft, draftedBy: by, draftedAt: at } = now.bulletin;
    const { contents, conflicts } = mergedDrafts(draftOf(before.bulletin), this.contents.of(body), draft);
    const joined = { date, revision: now.revision, form: formOf(contents, language) };
    const timeZone = this.establishments.reportingTimeZone;
    return {
      ...(await this.editing(joined, { contents, language, written: [now, earlier] })),
      meanwhile: { conflicts, by, at, timeZone },
    };
  }

  private known(date: Day): Promise<Known> {
    return Promise.all([this.bulletins.snapshot(date), this.startingPoint.earlier(date)]);
  }

  private async editing(
    typed: Typed,
    {
      contents,
      language,
      written: [{ bulletin }, earlier],
    }: { contents: Contents | undefined; language: Language; written: Known },
  ): Promise<Editing> {
    const { date, form } = typed;
    const { ticketDay, releves } = form;
    const [insights, preview] = await Promise.all([
      this.insightsOf(form, date),
      contents && this.preview(date, contents, language),
    ]);
    return {
      ...typed,
      offered: offeredReleves(date, { contents: { ticketDay, releves }, earlier, language }),
      earlier,
      isBeginning: false,
      isDayFixed: bulletin.status === 'published',
      errors: new Map(),
      isUnsaved: true,
      style: this.printing.styleIn(language),
      insights,
      proposals: proposalsFor(form),
      preview,
      names: this.establishments.all.flatMap(({ name, aliases }) => [...aliases, name]),
    };
  }

  /** The typed draft with a sentence that its figures bear out at the end of its summary; as it is where they no longer say it. */
  async withInsight(typed: Typed, key: string, language: Language): Promise<Typed> {
    const { date, form } = typed;
    const said = (await this.insightsOf(form, date)).find((insight) => insightKey(insight) === key);
    return said
      ? {
          ...typed,
          form: {
            ...form,
            bilan: withSentence(form.bilan, sentenceOf(said, this.printing.styleIn(language))),
          },
        }
      : typed;
  }

  private async insightsOf({ ticketDay }: DraftForm, date: Day): Promise<Insight[]> {
    const { data: day } = daySchema.safeParse(ticketDay);
    return day !== undefined && day <= date ? this.insights.of(day) : [];
  }

  private async preview(date: Day, contents: Contents, language: Language): Promise<string> {
    const printed = await this.shown.draftDocument(date, contents);
    const style = this.printing.styleIn(language);
    try {
      return String(await this.printer.print({ format: 'html', printed, style }));
    } catch (error) {
      // What can't be laid out can still be edited.
      if (!(error instanceof DomainError && error.code === 'too-costly-to-print')) throw error;
      const { title, detail } = problemCatalogue[error.code];
      return String(
        html`<p><strong>${title[language]}</strong></p>
          <p>${detail[language]}</p>`,
      );
    }
  }
}

const draftOf = (bulletin: Bulletin): Contents =>
  bulletin.status === 'unwritten' ? nothing : bulletin.draft;
