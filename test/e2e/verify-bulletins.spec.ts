import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../support/api/client.js';
import { openedTicket } from '../support/api/contract.js';
import { runLogCommand, runLogCommandProcess, type Ended } from '../support/cli/log-commands.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const pemOf = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const signingKey = pemOf();

let folder: TemporaryFolder;
let server: HostedServer;
let client: Client;
beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startHostedServer({ signingKey });
  client = await clientOf(server);
  await openedTicket(client, { occurredAt: '2026-05-15T12:00:00-04:00' });
  await publish(client, 'Calme.', 'publish');
  await publish(client, 'Très calme.', 'revise');
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const publish = async (by: Client, bilan: string, step: 'publish' | 'revise', date = '2026-05-17') => {
  await by.send('PUT', `/v1/bulletins/${date}`, { ticketDay: '2026-05-15', sections: { bilan } });
  expect((await by.post(`/v1/bulletins/${date}/${step}`)).status).toBe(200);
};

/** Without a master key: no text is read. */
const verify = (parameters: string[] = [], key = signingKey, run = runLogCommand): Promise<Ended> =>
  run('verify-bulletins', parameters, {
    settings: { DATABASE_URL: server.database.url, SIGNING_KEY: key },
  });

const changed = async (change: string, where: string): Promise<Ended> => {
  const { database } = server;
  const [before] = await database.query<{ position: string; data: string }>(
    `SELECT position, data::text FROM event_store.events WHERE ${where}`,
  );
  await database.query('ALTER TABLE event_store.events DISABLE TRIGGER append_only');
  const set = (to: string) =>
    database.query(`UPDATE event_store.events SET ${to} WHERE position = ${before!.position}`);
  await set(change);
  const ended = await verify();
  await set(`data = '${before!.data.replaceAll("'", "''")}'`);
  await database.query('ALTER TABLE event_store.events ENABLE TRIGGER append_only');
  return ended;
};
const published = `type = 'BulletinPublished'`;

describe('verify-bulletins', () => {
  it('finds every publication as it was signed, beside the running server', async () => {
    expect(await verify([], signingKey, runLogCommandProcess)).toEqual({
      code: 0,
      stdout: '{"publications":2,"verified":2,"unsigned":0,"otherLog":0}\n',
      stderr: '',
    });
  });

  it.each([
    ['a figure', `data = regexp_replace(data::text, '"opened": ?1', '"opened":2')::json`, 'is not valid'],
    ['a text', `data = replace(data::text, 'Calme.', 'Agitée.')::json`, 'is not valid'],
    [
      'the hash of the log',
      `data = regexp_replace(data::text, '"hash": ?"..', '"hash":"00')::json`,
      'is not valid',
    ],
    [
      'the signature',
      `data = regexp_replace(data::text, '"value": ?"...', '"value":"AAA')::json`,
      'is not valid',
    ],
    [
      'the key’s name',
      `data = regexp_replace(data::text, '"kid": ?"...', '"kid":"AAA')::json`,
      'not among those',
    ],
  ])('names the publication of which %s was changed', async (_what, change, reason) => {
    const { code, stderr } = await changed(change, published);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^bulletin 2026-05-17, revision 1: .*${reason}.*\n$`)),
    ]);
  });

  it('names a publication whose signature was taken away', async () => {
    const { code, stderr } = await changed(
      `data = (data::jsonb - 'signature')::json`,
      `type = 'BulletinRevised'`,
    );
    expect([code, stderr]).toEqual([1, expect.stringMatching(/revision 2: it is not signed/)]);
  });

  it('names each publication that was signed over what the log no longer is', async () => {
    const { database } = server;
    await database.query('ALTER TABLE event_store.events DISABLE TRIGGER append_only');
    const { body } = await client.get<{ log: { position: string } }>('/v1/bulletins/2026-05-17?revision=1');
    const at = `position = ${body.log.position}`;
    const [link] = await database.query<{ hash: string }>(
      `SELECT hash::text FROM event_store.events WHERE ${at}`,
    );
    await database.query(`UPDATE event_store.events SET hash = sha256(hash) WHERE ${at}`);
    const { code, stderr } = await verify();
    await database.query(`UPDATE event_store.events SET hash = '${link!.hash}' WHERE ${at}`);
    await database.query('ALTER TABLE event_store.events ENABLE TRIGGER append_only');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/revision 1: the log up to its position/)]);
  });

  it('verifies by keys that were kept elsewhere', async () => {
    const file = join(folder.path, 'bulletin-keys.json');
    const keys = await fetch(new URL('/.well-known/bulletin-keys.json', server.url));
    await writeFile(file, await keys.text());
    expect(await verify(['--keys', file], pemOf())).toMatchObject({ code: 0 });
    expect(await verify([], pemOf())).toMatchObject({ code: 1, stderr: expect.stringContaining('key') });
    await writeFile(file, '{}');
    expect(await verify(['--keys', file])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('JWK set'),
    });
  });
});
