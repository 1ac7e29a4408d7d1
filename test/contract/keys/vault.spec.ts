import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, historyOf, opening, ticketOf } from '../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { testMasterKey } from '../../support/keys/master-key.js';
import { runLogCommand } from '../../support/cli/log-commands.js';
import { allPlanted, foundIn, plantWords } from '../../support/keys/planted-words.js';
import { startServerProcess, stopServerProcesses } from '../../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.js';
import { VaultDouble } from '../../support/keys/vault-double.js';

let folder: TemporaryFolder;
let vault: VaultDouble;
let database: TestDatabase;
let settings: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  vault = await VaultDouble.start();
  database = await createDatabase();
  const tokenFile = join(folder.path, 'token');
  await writeFile(tokenFile, `${vault.token}\n`);
  settings = {
    ...{ DATABASE_URL: database.url, MASTER_KEY: '' },
    ...{ VAULT_ADDR: vault.url, VAULT_TOKEN_FILE: tokenFile, VAULT_TRANSIT_KEY: 'secrets/transit/texts' },
  };
});
afterAll(async () => {
  await stopServerProcesses();
  await vault.stop();
  await database.drop();
  await folder.remove();
});

const masterKeys = async () =>
  (
    await database.query<{ id: string }>(
      'SELECT DISTINCT master_key_id AS id FROM keys.ticket_keys ORDER BY 1',
    )
  ).map(({ id }) => id);
const serverOn = async (
  changes: Record<string, string> = {},
): Promise<{ client: Client; stop: () => Promise<unknown> }> => {
  const server = await startServerProcess({ ...settings, ROLES: 'api', ...changes });
  return { client: await clientOf(server), stop: () => server.kill('SIGTERM') };
};

describe('keys that a Vault wraps', () => {
  let ticketId: string;

  it('take the place of those that a master key of one’s own wrapped', async () => {
    const before = await serverOn({ VAULT_ADDR: '', VAULT_TOKEN_FILE: '', MASTER_KEY: testMasterKey });
    ticketId = await plantWords(before.client);
    await before.stop();
    const refused = runLogCommand('rotate-keys', [], { settings });
    expect(await refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^VAULT_ADDR: .*another master key/),
    });
    const both = { ...settings, MASTER_KEY: testMasterKey };
    expect(await runLogCommand('rotate-keys', [], { settings: both })).toMatchObject({ code: 0 });
    expect(await masterKeys()).toEqual(['vault:secrets/transit/texts:v1']);
  });

  it('are wrapped anew after the key was rotated there', async () => {
    vault.rotate();
    const { client, stop } = await serverOn();
    const added = await plantWords(client);
    expect(await masterKeys()).toEqual(
      ['v1', 'v2'].map((version) => `vault:secrets/transit/texts:${version}`),
    );
    expect(await runLogCommand('rotate-keys', [], { settings })).toMatchObject({ code: 0 });
    expect(await masterKeys()).toEqual(['vault:secrets/transit/texts:v2']);
    for (const id of [ticketId, added]) {
      expect(foundIn(JSON.stringify(await historyOf(client, id)))).toEqual(allPlanted);
    }
    await stop();
  });

  it('are asked for many at once, and are away while it is sealed', async () => {
    const { client, stop } = await serverOn();
    const before = vault.requests.length;
    const commands = Array.from({ length: 100 }, () => ({ type: 'open', ...opening() }));
    expect((await client.post('/v1/sync', { deviceId: 'd', commands })).status).toBe(200);
    expect(vault.requests.length - before).toBeLessThan(20);
    vault.isSealed = true;
    expectProblem(await client.post('/v1/tickets', opening()), 503, 'unavailable');
    vault.isSealed = false;
    expect(await ticketOf(client, ticketId)).toMatchObject({ ticketId });
    await stop();
  });
});
