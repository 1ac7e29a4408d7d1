import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires, scopeOf } from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { waitForPosition, cursorPositionSchema, minPositionQuery } from '../../platform/positions.js';
import { answerWithItems } from '../../platform/http/answer-with-items.js';
import { logHolds } from '../../platform/projections/log-identity/log-holds.js';
import { Projections } from '../../platform/projections/projections.js';
import {
  changesSchema,
  hashOf,
  itemOf,
  referenceDataOf,
  tombstoneOf,
  type ChangesAnswer,
} from './changes.view.js';
import { ReadChanges, type TicketChangesPage } from './read-changes.js';
import { TicketList } from '../list/ticket-list.projection.js';

const changesQuery = minPositionQuery.extend(pagingQuery);
type ChangesQuery = z.output<typeof changesQuery>;

const markSchema = z.string().max(50).optional();

/**
 * The cursor of a device. Its positions are the log's, so they outlast rebuilds and restarts; each mark identifies the event at its
 * position, and shows that the log is still the one that the position was read in.
 */
const cursorSchema = z.strictObject({
  /** Every change up to here has been delivered. */
  after: cursorPositionSchema,
  afterMark: markSchema,
  /** While the first reading goes on: the position it ends at. Tickets that change after it are delivered when it is over. */
  until: cursorPositionSchema.optional(),
  untilMark: markSchema,
  /** Hashes of the establishments and of the reference data. With other establishments, the reading begins anew. */
  reach: z.string(),
  reference: z.string(),
});
type Cursor = z.output<typeof cursorSchema>;

const optionalPosition = (text: string | undefined): bigint | undefined =>
  text === undefined ? undefined : BigInt(text);

/** Greater than every position of the log. */
const beyondAll = 10n ** 18n - 1n;

@ApiTags('sync')
@ApiBearerAuth()
@Controller('v1/sync/changes')
export class SyncChangesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: Projections,
    private readonly establishments: Establishments,
    private readonly store: EventStore,
  ) {}

  @Get()
  @Requires('tickets:sync')
  @LogsAccess('changes')
  @ApiAnswers('What changed since: at first everything that is needed offline', changesSchema)
  async changes(
    @Query({ schema: changesQuery }) { cursor, limit, minPosition }: ChangesQuery,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const reach = scopeOf(principal);
    const { reference, hash } = referenceDataOf(this.establishments);
    const sent = cursor === undefined ? undefined : readCursor(cursor, cursorSchema);
    const from = sent?.reach === hashOf(reach) && (await this.holds(sent)) ? sent : undefined;
    await waitForPosition(minPosition, (position, timeoutMs) =>
      this.projections.waitForPosition(TicketList, position, timeoutMs),
    );
    const after = BigInt(from?.after ?? 0);
    const until = from ? optionalPosition(from.until) : beyondAll;
    const read = await this.queries.execute(new ReadChanges(reach, after, limit, until));
    const next = await this.marked(nextPlace(read, from), from, read);
    const rest: Omit<ChangesAnswer, 'items'> = {
      full: from === undefined,
      tombstones: read.changes.flatMap((change) => tombstoneOf(change, reach) ?? []),
      cursor: writeCursor({ ...next, reach: hashOf(reach), reference: hash }),
      more: read.more,
      ...(from?.reference === hash ? {} : { reference }),
    };
    return answerWithItems(reply, read.changes.flatMap((change) => itemOf(change) ?? []).join(','), rest);
  }

  /** Whether the log still holds what the cursor was made from; where it does not, or the cursor has no marks, the reading begins anew. */
  private async holds({ after, afterMark, until, untilMark }: Cursor): Promise<boolean> {
    return (
      (await this.isMarked(after, afterMark)) &&
      (until === undefined || (await this.isMarked(until, untilMark)))
    );
  }

  private async isMarked(position: string, mark: string | undefined): Promise<boolean> {
    return mark !== undefined && (await this.store.markAt(BigInt(position))) === mark;
  }

  /**
   * The place with the marks of its positions. It has no marks where the rows were made from a history that the log does not hold,
   * or reach beyond its end: the next call then begins anew. The log is compared with the rows last, after the marks were read, so
   * that the marks and the rows are of the same history.
   */
  private async marked(
    { after, until }: Pick<Cursor, 'after' | 'until'>,
    from: Cursor | undefined,
    read: TicketChangesPage,
  ): Promise<Record<string, string>> {
    const afterMark = await this.store.markAt(BigInt(after));
    const untilMark =
      until === undefined || until === from?.until ? from?.untilMark : await this.store.markAt(BigInt(until));
    const unmarked = { after, ...(until === undefined ? {} : { until }) };
    if (afterMark === undefined || !(await logHolds(this.store, read))) return unmarked;
    return { ...unmarked, afterMark, ...(untilMark === undefined ? {} : { untilMark }) };
  }
}

/** Where the next call goes on. What changes during the first reading lies after its `until`, and is delivered when that is over. */
const nextPlace = (
  { changes, more, position, settled }: TicketChangesPage,
  from: Cursor | undefined,
): Pick<Cursor, 'after' | 'until'> => {
  const last = changes.at(-1)?.position;
  const until = from ? from.until : String(settled);
  if (more && last !== undefined) return { after: String(last), ...(until === undefined ? {} : { until }) };
  // Rows that are being made anew have not come as far as they had when the reading began: it goes on once they have.
  if (from && until !== undefined && position < BigInt(until)) return { after: from.after, until };
  if (until !== undefined) return { after: until };
  // The cursor never goes back, except to before an event that is among the dead letters.
  return { after: String(from && position < BigInt(from.after) ? from.after : settled) };
};
