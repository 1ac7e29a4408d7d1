import { Body, Controller, Delete, Get, Headers, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { entityTagOf, parseIfMatch } from '../../platform/http/if-match.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { keptCursorSchema, Preferences } from '../../preferences/index.js';
import { uuid } from '../execution/command-body.js';
import {
  templateBody,
  templateSchema,
  type SavedTemplate,
  type TemplateAnswer,
  type TemplateBody,
} from './template.schema.js';
import { deletedTemplateSchema, templateAnswer, templateListSchema } from './template.view.js';
import { Templates, type Template } from './templates.js';

const templatesQuery = z.strictObject(pagingQuery);

const IfMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag of the template that was decided on; 412 when it has changed.',
});

/** Texts and commands prepared for many tickets. */
@ApiTags('templates')
@ApiBearerAuth()
@ShowsNoTicket('texts before they are filled')
@Controller('v1/templates')
export class TemplatesController {
  constructor(
    private readonly templates: Templates,
    private readonly preferences: Preferences,
  ) {}

  @Get()
  @Requires('templates:use')
  @ApiAnswers('The templates that you may use', templateListSchema)
  async list(
    @Query({ schema: templatesQuery }) { cursor, limit }: z.output<typeof templatesQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const after = cursor === undefined ? undefined : readCursor(cursor, keptCursorSchema);
    const page = await this.preferences.page<SavedTemplate>('template', principal, { after, limit });
    const nextCursor = linkNext(request, reply, page.next && writeCursor(page.next));
    return { items: page.items.map(templateAnswer), nextCursor };
  }

  @Get(':id')
  @Requires('templates:use')
  @ApiAnswers('A template', templateSchema)
  async read(
    @Param('id', { schema: uuid }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateAnswer> {
    return tagged(await this.templates.find(id, principal), reply);
  }

  @Put(':id')
  @Requires('templates:write')
  @ApiAnswers('Save a template under an id of your own making, or replace it', templateSchema, {
    created: true,
  })
  @IfMatch
  async write(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: templateBody }) body: TemplateBody,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TemplateAnswer> {
    const context = { principal, ifMatch: parseIfMatch(ifMatch) };
    const { template, isNew } = await this.templates.write(id, body, context);
    void reply.status(isNew ? 201 : 200);
    return tagged(template, reply);
  }

  @Delete(':id')
  @Requires('templates:write')
  @ApiAnswers('Delete a template of yours', deletedTemplateSchema)
  @IfMatch
  async delete(
    @Param('id', { schema: uuid }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<z.output<typeof deletedTemplateSchema>> {
    await this.preferences.delete('template', id, { principal, ifMatch: parseIfMatch(ifMatch) });
    return { id, deleted: true };
  }
}

const tagged = (template: Template, reply: FastifyReply): TemplateAnswer => {
  void reply.header('ETag', entityTagOf(template.revision));
  return templateAnswer(template);
};
