import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Principal } from '../access/index.js';
import { queryWithDeadline } from '../platform/database/query-with-deadline.js';
import { refuseHealthNumbers } from '../shared/identifiers/health-numbers-refused.js';
import * as statements from './own-teams-statements.js';

/** The teams that people say are theirs. They say what a queue shows, and give nobody a right. */
@Injectable()
export class OwnTeams {
  constructor(private readonly pool: Pool) {}

  async of({ id }: Principal): Promise<string[]> {
    const [row] = await queryWithDeadline<{ teams: string[] }>(this.pool, statements.selectOwnTeams(id));
    return row?.teams ?? [];
  }

  /** Each once, in the order that was chosen. Throws `health-number-refused`. */
  async choose({ id }: Principal, teams: readonly string[]): Promise<string[]> {
    refuseHealthNumbers({ teams });
    const chosen = [...new Set(teams)];
    await queryWithDeadline(this.pool, statements.upsertOwnTeams(id, chosen));
    return chosen;
  }
}
