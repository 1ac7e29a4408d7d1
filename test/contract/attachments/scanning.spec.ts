import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, openedTicket } from '../../support/api/contract.js';
import { attach, dataFolder, download, filesIn } from '../../support/attachments/files.js';
import { startClamd } from '../../support/attachments/clamd-double.js';
import { patienceMs } from '../../support/patience.js';
import { startHostedServer } from '../../support/server/hosted-server.js';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const scannedServer = async (clamdUrl: string): Promise<{ client: Client; dataDir: string }> => {
  const folder = await dataFolder();
  opened.push(folder.remove);
  const server = await startHostedServer({ dataDir: folder.path, clamdUrl });
  opened.push(() => server.close());
  return { client: await clientOf(server), dataDir: folder.path };
};

const stateOf = async (client: Client, ticketId: string): Promise<string | undefined> => {
  const { body } = await client.get<{ items: { state: string }[] }>(`/v1/tickets/${ticketId}/attachments`);
  return body.items[0]?.state;
};

const untilState = async (client: Client, ticketId: string, state: string): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if ((await stateOf(client, ticketId)) === state) return;
    await sleep(50);
  }
  throw new Error(`it is ${await stateOf(client, ticketId)}, not ${state}`);
};

describe('a file that a virus scanner looks at', () => {
  it('is given to nobody until then, and then to all', async () => {
    const clamd = await startClamd({ holds: true });
    opened.push(clamd.close);
    const { client } = await scannedServer(clamd.url);
    const ticketId = await openedTicket(client);
    const bytes = Buffer.concat([Buffer.from('Bonjour\n'), Buffer.alloc(300_000, 'é')]);
    const { headers, status } = await attach(client, ticketId, { bytes, type: 'text/plain' });
    const path = headers.get('Location')!;
    expect(status).toBe(201);
    for (const query of ['', '?size=thumbnail'])
      expectProblem(await client.get(`${path}${query}`), 409, 'attachment-quarantined');
    expect(await stateOf(client, ticketId)).toBe('quarantined');
    clamd.release();
    await untilState(client, ticketId, 'available');
    expect((await download(client, path)).bytes.equals(bytes)).toBe(true);
    expect(clamd.files[0]?.equals(bytes)).toBe(true);
  });

  it('is deleted where it is infected, and given to nobody', async () => {
    const clamd = await startClamd();
    opened.push(clamd.close);
    const { client, dataDir } = await scannedServer(clamd.url);
    const ticketId = await openedTicket(client);
    const { headers } = await attach(client, ticketId, { bytes: 'EICAR', type: 'text/plain' });
    await untilState(client, ticketId, 'infected');
    expectProblem(await client.get(headers.get('Location')!), 409, 'attachment-infected');
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline && (await filesIn(dataDir)).length > 0) await sleep(50);
    expect(await filesIn(dataDir)).toEqual([]);
  });

  it('waits while the scanner is away', async () => {
    const clamd = await startClamd();
    await clamd.close();
    const { client } = await scannedServer(clamd.url);
    const ticketId = await openedTicket(client);
    const { headers } = await attach(client, ticketId);
    expectProblem(await client.get(headers.get('Location')!), 409, 'attachment-quarantined');
  });
});
