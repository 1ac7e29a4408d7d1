import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  LogsAccess,
  OpenToReaders,
  type Principal,
  Requires,
  ShowsNoTicket,
} from '../../access/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { countDays } from '../../calendar/local-days.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { notInOrder, tooManyDays } from '../../calendar/range-faults.js';
import { bulletinSchema } from '../bulletin.view.js';
import { mediaTypes } from '../rendering/formats.js';
import { BulletinRepository } from '../repository/bulletin-repository.js';
import { BulletinForms, readQuery, type ReadQuery } from './bulletin-forms.js';
import { listItem, bulletinListSchema } from './list.view.js';
import { revisionsSchema, revisionsView } from './revisions.view.js';

const maxDays = 62;

const listQuery = z
  .strictObject({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, notInOrder)
  .refine(({ from, to }) => countDays(from, to) <= maxDays, tooManyDays(maxDays));

/** The routes that read bulletins, in each of their formats. */
@ApiTags('bulletins')
@ApiBearerAuth()
@Controller('v1/bulletins')
export class BulletinsController {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly forms: BulletinForms,
  ) {}

  @Get()
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers(
    'The bulletins of a range of dates, at most 62 days; dates without one are left out',
    bulletinListSchema,
  )
  async list(@Query({ schema: listQuery }) { from, to }: z.output<typeof listQuery>) {
    return { items: (await this.bulletins.writtenBetween(from, to)).map(listItem) };
  }

  @Get(':date')
  @OpenToReaders()
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers('A bulletin, in the form asked for by Accept or ?format', bulletinSchema)
  @ApiProduces(...Object.values(mediaTypes))
  async read(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: readQuery }) query: ReadQuery,
    @Headers('accept') accept: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.forms.answer(date, { query, accept, reply, principal });
  }

  @Get(':date/revisions')
  @Requires('bulletins:read')
  @LogsAccess('revisions')
  @ApiAnswers(
    'Every publication, with what changed, by how much and because of which events',
    revisionsSchema,
  )
  async revisions(@Param('date', { schema: daySchema }) date: string) {
    return revisionsView((await this.bulletins.written(date)).bulletin);
  }
}
