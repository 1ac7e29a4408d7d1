import { Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires, showTickets } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { declaredTypeOf, fileOf } from '../../platform/http/files/file-route.js';
import { entityTagOf, parseIfMatch } from '../../platform/http/if-match.js';
import { contextOf } from '../../platform/http/request-context.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { logContains, minPositionQuery, waitForPosition } from '../../platform/positions.js';
import { clockTime, commandIdOfKey, idempotencyKeyHeader, uuid } from '../../tickets/index.js';
import { Attachments } from '../attachments.js';
import { shownImages } from '../content/content-type.js';
import { contentDisposition, fileNameOf } from '../content/file-name.js';
import { maxFileBytes } from '../content/limited.js';
import { Thumbnails } from '../thumbnails/thumbnails.js';
import { addedView, attachmentItem, attachmentListSchema, attachmentSchema } from './attachments.view.js';

const uploadQuery = z.strictObject({
  commandId: uuid
    .optional()
    .describe('Made by whoever sends; the same id again is answered with what it did the first time.'),
  occurredAt: clockTime
    .optional()
    .describe(
      'When it was taken, by the clock of whoever did it (RFC 3339 with offset); now, when left out.',
    ),
});
const downloadQuery = z.strictObject({
  ...minPositionQuery.shape,
  size: z.literal('thumbnail').optional().describe('An image of at most 320 pixels a side, without metadata'),
});
type UploadQuery = z.output<typeof uploadQuery>;
type DownloadQuery = z.output<typeof downloadQuery>;
type ListQuery = z.output<typeof minPositionQuery>;

/** Whatever is in the file, a browser that opens it runs none of it. */
const sandbox = "default-src 'none'; sandbox";

/** Files beside tickets. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets/:ticketId/attachments')
export class AttachmentsController {
  constructor(
    private readonly attachments: Attachments,
    private readonly thumbnails: Thumbnails,
    private readonly store: EventStore,
  ) {}

  @Post()
  @RouteConfig({ bodyLimit: maxFileBytes, takesFiles: true })
  @Requires('tickets:note')
  @LogsAccess('command', 'said')
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' }, required: true })
  @ApiHeader({ name: 'X-File-Name', required: true, description: 'UTF-8, percent-encoded where needed' })
  @ApiHeader({ name: 'If-Match', required: false, description: '412 when the ticket has changed' })
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers('Put a file beside a ticket, 10 MiB at most', attachmentSchema, { created: true })
  async add(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: uploadQuery }) query: UploadQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { headers } = request;
    const key = commandIdOfKey(principal, headers['idempotency-key']);
    const commandId = query.commandId ?? key ?? randomUUID();
    const ifMatch = parseIfMatch(headers['if-match']);
    const { occurredAt } = query;
    const fileName = headers['x-file-name'];
    const upload = {
      name: fileNameOf(Array.isArray(fileName) ? undefined : fileName),
      declaredType: declaredTypeOf(request),
      size: headers['content-length'] === undefined ? undefined : Number(headers['content-length']),
      bytes: fileOf(request),
    };
    const { correlationId } = contextOf(request);
    const sender = { principal, ticketId, commandId, correlationId, ifMatch, occurredAt };
    const added = await this.attachments.add(sender, upload);
    const { attachment, isNew, revision, position, establishment } = added;
    showTickets(request, [{ ticketId, establishment }]);
    void reply.header('ETag', entityTagOf(revision)).header('Position', String(position));
    void reply.header('Location', `/v1/tickets/${ticketId}/attachments/${attachment.attachmentId}`);
    if (!isNew) void reply.status(200);
    return addedView(attachment, upload.name);
  }

  @Get()
  @Requires('tickets:read')
  @LogsAccess('attachment', 'said')
  @ApiAnswers('The files of a ticket, in the order they were added', attachmentListSchema)
  async list(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: minPositionQuery }) { minPosition }: ListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ) {
    await waitForPosition(minPosition, logContains(this.store));
    const { items, establishment } = await this.attachments.list(ticketId, principal);
    showTickets(request, [{ ticketId, establishment }]);
    return { items: items.map(attachmentItem) };
  }

  @Get(':attachmentId')
  @Requires('tickets:read')
  @LogsAccess('attachment', 'said')
  @ApiProduces('application/octet-stream')
  @ApiAnswers('A file, or its thumbnail', z.string())
  async read(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Param('attachmentId', { schema: uuid }) attachmentId: string,
    @Query({ schema: downloadQuery }) { minPosition, size }: DownloadQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    await waitForPosition(minPosition, logContains(this.store));
    const { attachment, establishment } = await this.attachments.find(ticketId, attachmentId, principal);
    const isThumbnail = size === 'thumbnail';
    const file = isThumbnail
      ? await this.thumbnails.of(ticketId, attachment)
      : { ...attachment, bytes: await this.attachments.open(ticketId, attachment) };
    showTickets(request, [{ ticketId, establishment }]);
    const { contentType, name } = file;
    const kind = shownImages.includes(contentType) ? 'inline' : 'attachment';
    void reply.headers({
      'Content-Type': contentType,
      'Content-Length': String(file.size),
      'Content-Disposition': contentDisposition(kind, name),
      'Content-Security-Policy': sandbox,
      'Cache-Control': 'no-store',
    });
    return new StreamableFile(Readable.from(file.bytes, { objectMode: false }), { type: contentType });
  }
}
