import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActivitySpells } from '../../../../src/billets-quotidiens/projections/activity-spells.projection.js';
import { clientOf, codeOf, type ProblemBody } from '../../../support/api/client.js';
import { createProjectionBed, until, type ProjectionBed } from '../../../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

const backlog = '/v1/backlog?at=2026-05-15T12:00:00Z';
const rows = 'projection_activity_spells_1.activity_spells';

/** The state that a server of an older version leaves behind: the rows lack a column of the current queries. */
describe('a server whose rows are still those of an older version', () => {
  let server: HostedServer;
  let bed: ProjectionBed;
  beforeAll(async () => {
    // With the role «api» alone no projection runs, so the rows stay old until the test changes them.
    server = await startHostedServer({ roles: new Set(['api']) });
    bed = await createProjectionBed(server.database.url);
  });
  afterAll(async () => {
    await bed.close();
    await server.close();
  });

  it('answers 503 where a query needs what they lack, and answers the rest', async () => {
    const client = await clientOf(server);
    expect((await client.get(backlog)).status).toBe(200);
    await bed.query(`ALTER TABLE ${rows} DROP COLUMN length_class CASCADE`);
    await bed.query(`CREATE OR REPLACE VIEW billets_quotidiens.activity_spells AS SELECT * FROM ${rows}`);
    await bed.query(`UPDATE projections.generations SET version = 1 WHERE name = 'activity-spells'`);
    const answer = await until('the server has looked', async () => {
      const { status, body, headers } = await client.get<ProblemBody>(backlog);
      return status !== 500 && { status, body, headers };
    });
    expect([answer.status, codeOf(answer.body)]).toEqual([503, 'unavailable']);
    expect(answer.headers.get('Retry-After')).not.toBeNull();
    expect((await client.get('/v1/billets-quotidiens/2026-05-15')).status).toBe(200);
  });

  it('answers 500 for the same error where the rows are of the current version', async () => {
    await bed.query(
      `UPDATE projections.generations SET version = ${new ActivitySpells().version} WHERE name = 'activity-spells'`,
    );
    const client = await clientOf(server);
    await until(
      'the server has looked',
      async () => codeOf((await client.get<ProblemBody>(backlog)).body) === 'internal-error',
    );
  });
});
