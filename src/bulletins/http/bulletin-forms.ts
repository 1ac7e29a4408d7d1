import { Injectable } from '@nestjs/common';
import { isPublicReader, type Principal } from '../../access/index.js';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dialectShape } from '../../platform/http/files/table-files.js';
import { entityTagOf } from '../../platform/http/if-match.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../platform/http/negotiation/wanted-form.js';
import { minPositionQuery } from '../../platform/positions.js';
import { spokenLanguage } from '../../platform/http/request-context.js';
import { languages } from '../../shared/text/text.js';
import type { BulletinView } from '../bulletin.view.js';
import { BulletinPrinter } from '../rendering/bulletin-printer.js';
import { formats, mediaTypes } from '../rendering/formats.js';
import { htmlPolicy } from '../rendering/html.js';
import { Printing } from '../rendering/printing.js';
import { BulletinRepository } from '../repository/bulletin-repository.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { PublishedViews } from '../repository/published-views.js';
import { TicketDay } from '../repository/ticket-day.js';

export const readQuery = minPositionQuery.extend({
  format: z.enum(formats).optional().describe('Goes before Accept'),
  lang: z.enum(languages).optional().describe('Goes before Accept-Language'),
  ...dialectShape,
  revision: z
    .union([
      z.literal('draft'),
      z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .transform(Number),
    ])
    .optional()
    .describe(
      'A publication by its number, or `draft`; the newest publication, else the draft, where left out',
    ),
});

export type ReadQuery = z.output<typeof readQuery>;

interface ReadRequest {
  query: ReadQuery;
  accept: string | undefined;
  reply: FastifyReply;
  principal: Principal;
}

/**
 * The position that a reader waits for. Who shows nothing of themselves has no position from us: waiting costs the database, and tells
 * where the log ends.
 */
export const waitedFor = (
  { minPosition }: Pick<ReadQuery, 'minPosition'>,
  principal: Principal,
): string | undefined => (isPublicReader(principal) ? undefined : minPosition);

/** Answers with a bulletin in the form, language and revision that a request asks for. */
@Injectable()
export class BulletinForms {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly shown: PublishedViews,
    private readonly ticketDay: TicketDay,
    private readonly printing: Printing,
    private readonly printer: BulletinPrinter,
  ) {}

  /**
   * Whoever has not signed in gets what was published, as it is printed: JSON also tells who writes, and what changed since. Throws
   * `unauthenticated`, `not-acceptable`, `bulletin-not-found`, `revision-not-found`, `position-not-reached`.
   */
  async answer(
    date: string,
    { query, accept, reply, principal }: ReadRequest,
  ): Promise<BulletinView | string | Buffer> {
    const format = wantedForm(mediaTypes, accept, query.format);
    const isPublic = isPublicReader(principal);
    if (isPublic && format === 'json') throw new DomainError('unauthenticated');
    const snapshot = await this.bulletins.written(date);
    const isPublished = snapshot.bulletin.publications.length > 0;
    if (isPublic && !isPublished) throw new DomainError('bulletin-not-found');
    if (isPublic && query.revision === 'draft') throw new DomainError('revision-not-found');
    await this.ticketDay.waitForPosition(snapshot.bulletin.draft.ticketDay, waitedFor(query, principal));
    varyBy(reply, 'Accept', 'Accept-Language');
    // They count drafts, too.
    if (!isPublic) void reply.header('Position', String(snapshot.position));
    if (format === 'json') {
      void reply.header('ETag', entityTagOf(snapshot.revision));
      return this.shown.view(snapshot, query.revision);
    }
    const language = query.lang ?? spokenLanguage(reply.request);
    const printed = await this.shown.document(snapshot, query.revision);
    const { dialect } = query;
    const style = this.printing.styleIn(language);
    const body = await this.printer.print({ format, printed, style, dialect });
    // The same revision looks otherwise in each form and language.
    if (!isPublic) void reply.header('ETag', `W/${entityTagOf(snapshot.revision)}`);
    void reply.header('Content-Language', language);
    void reply.header('Content-Disposition', `inline; filename="bulletin-${date}.${format}"`);
    void reply.header('X-Content-Type-Options', 'nosniff');
    if (format === 'html') void reply.header('Content-Security-Policy', htmlPolicy);
    void reply.type(typeof body === 'string' ? `${mediaTypes[format]}; charset=utf-8` : mediaTypes[format]);
    return body;
  }
}
