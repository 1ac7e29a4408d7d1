import {
  Body,
  Controller,
  Delete,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  UseInterceptors,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { parseIfMatch } from '../../platform/http/if-match.js';
import { CorrelationId } from '../../platform/http/request-parameters.js';
import { DeleteDraft } from '../commands/delete-draft.js';
import { PublishBulletin } from '../commands/publish-bulletin.js';
import { ReviseBulletin } from '../commands/revise-bulletin.js';
import { WithdrawBulletin } from '../commands/withdraw-bulletin.js';
import { WriteDraft } from '../commands/write-draft.js';
import type { BulletinCommandMetadata } from '../repository/bulletin-repository.js';
import { draftBody, type DraftBody } from '../repository/draft-contents.js';
import { BulletinAnswer, type WrittenAnswer } from './bulletin-answer.js';
import { bulletinSchema } from '../bulletin.view.js';
import { deletedSchema, withdrawBody, type Deleted, type WithdrawBody } from './withdrawal.view.js';

const IfMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag of the bulletin that was read; 412 when it has changed.',
});

/** The routes that write, publish, revise and withdraw a bulletin. */
@ApiTags('bulletins')
@ApiBearerAuth()
@ShowsNoTicket('figures and texts of producers')
@Controller('v1/bulletins/:date')
export class BulletinCommandsController {
  constructor(private readonly commands: CommandBus) {}

  @Put()
  @Requires('bulletins:write')
  @ApiAnswers('Write the draft, whole', bulletinSchema, { created: true, operationId: 'Bulletins_write' })
  @IfMatch
  @UseInterceptors(BulletinAnswer)
  async write(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: draftBody }) body: DraftBody,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @CorrelationId() correlationId: string,
  ): Promise<WrittenAnswer> {
    const metadata = metadataOf({ date, principal, correlationId }, ifMatch);
    const outcome = await this.commands.execute(new WriteDraft(metadata, body));
    return { outcome, show: 'draft', body };
  }

  @Post('publish')
  @HttpCode(200)
  @Requires('bulletins:publish')
  @ApiAnswers('Publish the draft, its figures frozen', bulletinSchema, { operationId: 'Bulletins_publish' })
  @IfMatch
  @UseInterceptors(BulletinAnswer)
  async publish(
    @Param('date', { schema: daySchema }) date: string,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @CorrelationId() correlationId: string,
  ): Promise<WrittenAnswer> {
    const metadata = metadataOf({ date, principal, correlationId }, ifMatch);
    const outcome = await this.commands.execute(new PublishBulletin(metadata));
    return { outcome, show: undefined };
  }

  @Post('revise')
  @HttpCode(200)
  @Requires('bulletins:publish')
  @ApiAnswers('Publish the next revision: the draft and the figures as they are now', bulletinSchema, {
    operationId: 'Bulletins_revise',
  })
  @IfMatch
  @UseInterceptors(BulletinAnswer)
  async revise(
    @Param('date', { schema: daySchema }) date: string,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @CorrelationId() correlationId: string,
  ): Promise<WrittenAnswer> {
    const metadata = metadataOf({ date, principal, correlationId }, ifMatch);
    const outcome = await this.commands.execute(new ReviseBulletin(metadata));
    return { outcome, show: undefined };
  }

  @Post('withdraw')
  @HttpCode(200)
  @Requires('bulletins:publish')
  @ApiAnswers('Withdraw what was published: it stays readable, with the reason', bulletinSchema, {
    operationId: 'Bulletins_withdraw',
  })
  @IfMatch
  @UseInterceptors(BulletinAnswer)
  async withdraw(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: withdrawBody }) { reason }: WithdrawBody,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @CorrelationId() correlationId: string,
  ): Promise<WrittenAnswer> {
    const metadata = metadataOf({ date, principal, correlationId }, ifMatch);
    const outcome = await this.commands.execute(new WithdrawBulletin(metadata, reason));
    return { outcome, show: undefined, body: { reason } };
  }

  @Delete()
  @Requires('bulletins:write')
  @ApiAnswers('Delete a draft that was never published', deletedSchema, {
    operationId: 'Bulletins_deleteDraft',
  })
  @IfMatch
  async deleteDraft(
    @Param('date', { schema: daySchema }) date: string,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @CorrelationId() correlationId: string,
  ): Promise<Deleted> {
    const metadata = metadataOf({ date, principal, correlationId }, ifMatch);
    const { position } = await this.commands.execute(new DeleteDraft(metadata));
    return { date, deleted: true, position: String(position) };
  }
}

const metadataOf = (
  sent: Omit<BulletinCommandMetadata, 'ifMatch'>,
  ifMatch: string | undefined,
): BulletinCommandMetadata => ({ ...sent, ifMatch: parseIfMatch(ifMatch) });
