import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { LogsAccess, Requires } from '../../../access/index.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { parseRetention, type RetentionRule } from '../../../shared/retention-policy.js';
import { minPositionQuery } from '../../../platform/positions.js';
import { line } from '../../../platform/text-schema.js';
import { ErasureLists } from '../../erasure/erasure-lists.js';
import { Retention } from '../../erasure/retention.js';

const retentionQuery = minPositionQuery.extend({
  policy: line(200)
    .optional()
    .transform((list, context): readonly RetentionRule[] | undefined => {
      const rules = list === undefined ? undefined : parseRetention(list);
      if (!rules || !('fault' in rules)) return rules;
      context.addIssue({ code: 'custom', message: rules.fault });
      return z.NEVER;
    })
    .describe('Another one than RETENTION has: what it would erase'),
  limit: z.coerce.number().int().min(0).max(500).default(50).describe('Most tickets that are named'),
});
type RetentionQuery = z.output<typeof retentionQuery>;

const counted = { establishment: z.string(), status: z.string() };

const retentionSchema = z
  .object({
    rules: z
      .array(z.object({ status: z.string(), period: z.string() }))
      .describe('None: nothing is erased by itself'),
    due: z.int(),
    held: z.int().describe('These stay, by a legal hold'),
    counts: z.array(z.object({ ...counted, tickets: z.int(), held: z.int() })),
    tickets: z
      .array(z.object({ ticketId: z.guid(), ...counted, endedAt: z.iso.datetime() }))
      .describe('The first of them, those that ended longest ago first'),
  })
  .meta({ id: 'Retention' });

/** What has been kept for long enough. */
@ApiTags('operations')
@ApiBearerAuth()
@LogsAccess('erasure')
@Controller('v1/admin/retention')
export class RetentionController {
  constructor(
    private readonly retention: Retention,
    private readonly lists: ErasureLists,
  ) {}

  @Get()
  @Requires('operations:read')
  @ApiAnswers('What would be erased by its age now: ids and counts, nobody’s texts', retentionSchema)
  async due(@Query({ schema: retentionQuery }) { policy, limit, minPosition }: RetentionQuery) {
    await this.lists.include(minPosition);
    const rules = policy ?? this.retention.rules;
    const counts = await this.retention.counts(rules);
    const tickets = await this.retention.due(rules, limit);
    return {
      rules: [...rules],
      due: counts.reduce((sum, { tickets: due }) => sum + due, 0),
      held: counts.reduce((sum, { held }) => sum + held, 0),
      counts,
      tickets: tickets.map(({ endedAt, ...ticket }) => ({ ...ticket, endedAt: endedAt.toISOString() })),
    };
  }
}
