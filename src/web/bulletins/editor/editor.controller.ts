import {
  applyDecorators,
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../../access/index.js';
import { WriteDraft, type DraftBody } from '../../../bulletins/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { contextOf } from '../../../platform/http/request-context.js';
import { DomainError } from '../../../shared/problems/domain-error.js';
import { languageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { FormVisit, PageFrame, seeOther, type Visit } from '../../page/page-frame.js';
import { checkedDraft } from './checked-draft.js';
import { readForm } from './draft-form.js';
import { editorMain, type Editing } from './editor.page.js';
import { Editor, type Typed } from './editor.js';
import { maxPastedLength } from './pasted/paste-card.js';
import { withProposals } from './pasted/proposals.js';
import { formBody, formRoute, ifMatchOf, type FormBody } from './form-body.js';
import { amongBulletins, bulletinTitle } from '../titles.js';

const editQuery = languageQuery.extend({ from: z.literal('nothing').optional().catch(undefined) });
const unprocessable = 422;
const preconditionFailed = 412;

/** A route that shows a typed draft again, and saves nothing. */
const TypedDraftRoute = (path: string) =>
  applyDecorators(Post(path), HttpCode(200), RouteConfig(formRoute), Requires('bulletins:write'));

/** The pages on which the draft of a bulletin is written. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('figures and texts of producers')
@Controller('bulletins/:date')
export class EditorController {
  constructor(
    private readonly commands: CommandBus,
    private readonly editor: Editor,
    private readonly frame: PageFrame,
  ) {}

  @Get('edit')
  @Requires('bulletins:write')
  async edit(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: editQuery }) query: z.output<typeof editQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    return this.show(visit, await this.editor.begun(date, visit.language, query.from === 'nothing'));
  }

  /** Shows how the typed draft would be printed, and its errors; saves nothing. */
  @TypedDraftRoute('preview')
  async preview(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    return this.showTyped(visit, typedIn(date, fields));
  }

  /** Shows the typed draft as it is meant, in French typography; saves nothing. */
  @TypedDraftRoute('typography')
  async typography(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const typed = typedIn(date, fields);
    return this.showTyped(visit, { ...typed, form: withProposals(typed.form) });
  }

  /** Shows the typed draft with one more sentence about its figures; saves nothing. */
  @TypedDraftRoute('insight')
  async insight(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const key = typeof fields.insight === 'string' ? fields.insight : '';
    return this.showTyped(visit, await this.editor.withInsight(typedIn(date, fields), key, visit.language));
  }

  /** Shows the draft with a pasted bulletin in it; saves nothing. */
  @TypedDraftRoute('paste')
  async paste(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const text = typeof fields.pasted === 'string' ? fields.pasted.slice(0, maxPastedLength) : '';
    const isSet = fields.typography !== undefined;
    const { typed, pasted } = await this.editor.pasted(date, { text, isSet }, visit.language);
    return this.showTyped(visit, typed, { pasted });
  }

  @Post('edit')
  @RouteConfig(formRoute)
  @Requires('bulletins:write')
  async save(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const { principal, reply } = visit;
    const { correlationId } = contextOf(reply.request);
    const typed = typedIn(date, fields);
    return this.withDraft(visit, typed, async (body) => {
      try {
        const metadata = { date, principal, ifMatch: ifMatchOf(fields), correlationId };
        await this.commands.execute(new WriteDraft(metadata, body));
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'version-mismatch') throw error;
        void reply.status(preconditionFailed);
        return this.show(visit, await this.editor.joined(typed, visit.language, body));
      }
      return seeOther(reply, `/bulletins/${date}?done=saved`);
    });
  }

  /** Shows a draft that is not saved, and how it would be printed; with each error beside its field where it is invalid. */
  private showTyped(visit: Visit, typed: Typed, { pasted }: Pick<Editing, 'pasted'> = {}): Promise<string> {
    return this.withDraft(visit, typed, async (body) =>
      this.show(visit, { ...(await this.editor.typed(typed, visit.language, body)), pasted }),
    );
  }

  /** Calls `use` with the typed draft. Where the draft is invalid, or is refused because of a field, the form is shown again. */
  private async withDraft(
    visit: Visit,
    typed: Typed,
    use: (body: DraftBody) => Promise<string>,
  ): Promise<string> {
    const checked = checkedDraft(typed.form, visit.language);
    if ('errors' in checked) return this.refuse(visit, typed, checked.errors);
    try {
      return await use(checked.body);
    } catch (error) {
      const errors = error instanceof DomainError ? checked.errorsOf(error) : undefined;
      if (!errors?.size) throw error;
      return this.refuse(visit, typed, errors);
    }
  }

  /** Shows the form again as it was typed, with each error beside its field. */
  private async refuse(visit: Visit, typed: Typed, errors: ReadonlyMap<string, string>): Promise<string> {
    void visit.reply.status(unprocessable);
    return this.show(visit, { ...(await this.editor.typed(typed, visit.language)), errors });
  }

  private show(visit: Visit, editing: Parameters<typeof editorMain>[0]): string {
    return this.frame.send(visit, {
      ...amongBulletins,
      title: bulletinTitle(editing.date, visit.language),
      script: 'bulletin.js',
      hasPreview: true,
      main: editorMain(editing, visit.language),
    });
  }
}

const typedIn = (date: string, { revision, ...fields }: FormBody): Typed => ({
  date,
  revision,
  form: readForm(fields),
});
