import {
  Body,
  Controller,
  createParamDecorator,
  Get,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  type ExecutionContext,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import {
  type Cause,
  type BrokenInvariant,
  PublishBulletin,
  ReviseBulletin,
  TicketDay,
} from '../../../bulletins/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { toProblem } from '../../../platform/http/problems/to-problem.js';
import { contextOf } from '../../../platform/http/request-context.js';
import { DomainError } from '../../../shared/problems/domain-error.js';
import { languageQuery, type LanguageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { FormVisit, PageFrame, seeOther, type Visit } from '../../page/page-frame.js';
import { ReadBulletinState, type BulletinState } from '../reading/bulletin-state.js';
import { formBody, formRoute, ifMatchOf, type FormBody } from '../editor/form-body.js';
import { ReadCautions } from './read-cautions.js';
import { publishMain, reviseMain, type NotDone } from './publishing.page.js';
import { amongBulletins, bulletinTitle } from '../titles.js';

const steps = {
  publish: { command: PublishBulletin, done: 'published' },
  revise: { command: ReviseBulletin, done: 'revised' },
} as const;
type Step = keyof typeof steps;
const stepPaths = Object.keys(steps) as Step[];

/** The step of a route, from the end of its path. */
const RequestedStep = createParamDecorator((_data: unknown, context: ExecutionContext): Step => {
  const { url = '' } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
  const step = stepPaths.find((path) => url.endsWith(`/${path}`));
  if (!step) throw new Error(`${url} is no step`);
  return step;
});

/** The steps that publish and revise a bulletin; each has a page that asks for confirmation first. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@LogsAccess('revisions')
@Controller('bulletins/:date')
export class PublishingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly state: ReadBulletinState,
    private readonly ticketDay: TicketDay,
    private readonly cautions: ReadCautions,
    private readonly frame: PageFrame,
  ) {}

  @Get(stepPaths)
  @Requires('bulletins:publish')
  async confirm(
    @RequestedStep() step: Step,
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    return this.show(step, visit, await this.state.read(date));
  }

  @Post(stepPaths)
  @RouteConfig(formRoute)
  @Requires('bulletins:publish')
  take(
    @RequestedStep() step: Step,
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    return this.execute(step, date, fields, visit);
  }

  private async execute(step: Step, date: string, fields: FormBody, visit: Visit): Promise<string> {
    const { command: Command, done } = steps[step];
    const { principal, reply } = visit;
    const { correlationId } = contextOf(reply.request);
    try {
      await this.commands.execute(
        new Command({ date, principal, ifMatch: ifMatchOf(fields), correlationId }),
      );
    } catch (error) {
      const [notDone, broken] = reasonOf(error);
      void reply.status(toProblem(error).kind.status);
      if (notDone === 'figures-behind') void reply.header('Retry-After', '1');
      const state = await this.state.read(date);
      return this.show(step, visit, { ...state, broken: broken ?? state.broken }, notDone);
    }
    return seeOther(reply, `/bulletins/${date}?done=${done}`);
  }

  /** The page that asks for confirmation. A step that does not fit, publishing twice or revising a draft, leads back to the bulletin. */
  private async show(step: Step, visit: Visit, state: BulletinState, notDone?: NotDone): Promise<string> {
    const { date } = state.snapshot;
    const isPublished = state.publication !== undefined;
    if (isPublished !== (step === 'revise')) return seeOther(visit.reply, `/bulletins/${date}`);
    const main = isPublished
      ? reviseMain(state, {
          cautions: await this.cautions.ofRevision(state),
          causes: await this.causes(state),
          ...{ reader: visit, notDone },
        })
      : publishMain(state, {
          cautions: await this.cautions.of(state, this.frame.today()),
          ...{ reader: visit, notDone },
        });
    return this.frame.send(visit, { ...amongBulletins, title: bulletinTitle(date, visit.language), main });
  }

  private async causes({ publication, changes, figures, snapshot }: BulletinState): Promise<Cause[]> {
    if (!publication || !figures || changes.length === 0) return [];
    return this.ticketDay.causes(snapshot.bulletin.draft.ticketDay, publication.figures, figures);
  }
}

/** The reason why a step was not done, and the broken invariants, where the page can show them; rethrows every other error. */
const reasonOf = (error: unknown): [NotDone, BrokenInvariant[] | undefined] => {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'version-mismatch') return ['changed-meanwhile', undefined];
  if (error.code === 'figures-behind') return ['figures-behind', undefined];
  if (error.code !== 'figures-do-not-add-up' && error.code !== 'day-in-progress') throw error;
  return ['does-not-hold', error.details.members?.broken as BrokenInvariant[] | undefined];
};
