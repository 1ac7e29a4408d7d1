import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Establishments } from '../../../establishments/index.js';
import { TableFiles, tableTypes } from '../../../platform/http/files/table-files.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { linkNext, readCursor, writeCursor } from '../../../platform/http/paging.js';
import { varyBy } from '../../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../../platform/http/negotiation/wanted-form.js';
import { Requires } from '../../access.guard.js';
import { LogsAccess } from '../access-rule.js';
import { showTickets } from '../access-recorder.js';
import { accessCursorSchema, accessesQuery, accessFilterOf, type AccessesQuery } from './accesses.query.js';
import { accessesTable } from './accesses.table.js';
import { accessesSchema, accessView } from './accesses.view.js';
import { ReadAccesses } from './read-accesses.js';

const mediaTypes = { json: 'application/json', csv: tableTypes.csv } as const;

/** Who saw which ticket, for auditors; and who looked at that. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit/accesses')
export class AccessesController {
  constructor(
    private readonly accesses: ReadAccesses,
    private readonly establishments: Establishments,
    private readonly files: TableFiles,
  ) {}

  @Get()
  @Requires('accesses:read')
  @LogsAccess('accesses', 'said')
  @ApiAnswers('Who was shown which tickets, the newest first', accessesSchema)
  @ApiProduces(...Object.values(mediaTypes))
  async list(
    @Query({ schema: accessesQuery }) query: AccessesQuery,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const form = wantedForm(mediaTypes, accept, query.format);
    varyBy(reply, 'Accept');
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor, accessCursorSchema);
    const filter = accessFilterOf(query, this.establishments.reportingTimeZone);
    const { ticket } = filter;
    if (ticket !== undefined) showTickets(request, [{ ticketId: ticket }]);
    const { rows, next } = await this.accesses.page(filter, { after, limit: query.limit });
    const nextCursor = linkNext(request, reply, next && writeCursor({ ...next }));
    if (form === 'json') return { items: rows.map((row) => accessView(row, ticket)), nextCursor };
    const { reportingTimeZone: timeZone } = this.establishments;
    return this.files.send(
      accessesTable(rows, { ticket, timeZone }),
      { ...query, form, name: 'accesses' },
      reply,
    );
  }
}
