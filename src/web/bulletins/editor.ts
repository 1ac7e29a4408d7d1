import { Injectable } from '@nestjs/common';
import { Bulletins } from '../../bulletins/bulletins.js';
import type { Bulletin } from '../../bulletins/bulletin.js';
import type { Contents } from '../../bulletins/bulletin.events.js';
import { DraftContents, type DraftBody } from '../../bulletins/draft-contents.js';
import { htmlOf } from '../../bulletins/rendering/html.js';
import { pageOf } from '../../bulletins/rendering/page.js';
import { Printing } from '../../bulletins/rendering/printing.js';
import { TicketDay } from '../../bulletins/ticket-day.js';
import { Establishments } from '../../establishments/establishments.js';
import type { Day } from '../../establishments/local-days.js';
import type { Language } from '../../shared/text.js';
import { formOf, type DraftForm } from './draft-form.js';
import type { Editing } from './editor.page.js';
import { mergedDrafts } from './merged-drafts.js';
import { offeredReleves } from './offered-releves.js';
import { beginning, StartingPoint } from './starting-point.js';

/** What came from the editor's form. */
export interface Typed {
  date: Day;
  revision: number;
  form: DraftForm;
}

const nothing: Contents = { ticketDay: '', sections: {}, releves: [] };

/** Makes what the editor's page shows. */
@Injectable()
export class Editor {
  constructor(
    private readonly bulletins: Bulletins,
    private readonly startingPoint: StartingPoint,
    private readonly contents: DraftContents,
    private readonly ticketDay: TicketDay,
    private readonly establishments: Establishments,
    private readonly printing: Printing,
  ) {}

  /** The draft as it is; where there is none, what it begins as. */
  async begun(date: Day, language: Language, fromNothing: boolean): Promise<Editing> {
    const { bulletin, revision } = await this.bulletins.snapshot(date);
    const isBeginning = bulletin.status === 'unwritten';
    const earlier = fromNothing ? undefined : await this.startingPoint.earlier(date);
    const contents = isBeginning ? beginning(date, earlier) : bulletin.draft;
    const form = formOf(contents, language);
    return { ...(await this.editing({ date, revision, form }, contents, language)), isBeginning };
  }

  /** What was typed; as it would be printed, where it is a draft. Throws `unknown-establishment`. */
  async typed(typed: Typed, language: Language, body?: DraftBody): Promise<Editing> {
    return this.editing(typed, body && this.contents.of(body), language);
  }

  /** What was typed, joined with what someone else wrote meanwhile, and ready to be saved after that. */
  async joined(typed: Typed, language: Language, body: DraftBody): Promise<Editing> {
    const { date } = typed;
    const [before, now] = await Promise.all([
      this.bulletins.snapshot(date, typed.revision),
      this.bulletins.written(date),
    ]);
    const { draft, draftedBy: by, draftedAt: at } = now.bulletin;
    const { contents, conflicts } = mergedDrafts(draftOf(before.bulletin), this.contents.of(body), draft);
    const joined = { date, revision: now.revision, form: formOf(contents, language) };
    const timeZone = this.establishments.reportingTimeZone;
    return {
      ...(await this.editing(joined, contents, language)),
      meanwhile: { conflicts, by, at, timeZone },
    };
  }

  private async editing(typed: Typed, contents: Contents | undefined, language: Language): Promise<Editing> {
    const { date, form } = typed;
    const [earlier, { bulletin }] = await Promise.all([
      this.startingPoint.earlier(date),
      this.bulletins.snapshot(date),
    ]);
    const { ticketDay, releves } = form;
    return {
      ...typed,
      offered: offeredReleves(date, { ticketDay, releves }, earlier, language),
      earlier,
      isBeginning: false,
      isDayFixed: bulletin.status === 'published',
      errors: new Map(),
      preview: contents && (await this.preview(date, contents, language)),
      names: this.establishments.all.flatMap(({ name, aliases }) => [...aliases, name]),
    };
  }

  private async preview(date: Day, contents: Contents, language: Language): Promise<string> {
    const figures = await this.ticketDay.figures(contents.ticketDay);
    const printed = { date, revision: 0, contents, figures, publication: undefined, corrected: undefined };
    return htmlOf(pageOf(printed, { language, groupFourDigits: this.printing.groupFourDigits }));
  }
}

const draftOf = (bulletin: Bulletin): Contents =>
  bulletin.status === 'unwritten' ? nothing : bulletin.draft;
