import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { openedTicket } from '../../support/api/contract.js';
import { formOf } from '../../support/bulletins/printed-forms.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Charted {
  weekChart: boolean;
  revision: number;
  figures: { total: { opened: number }; week?: { date: string; opened: number; resolved: number }[] };
  signature: { signedPayload: string; verification: string } | null;
  differences: unknown[];
}

const path = '/v1/bulletins/2026-05-17';
const draft = (weekChart: boolean) => ({ ticketDay: '2026-05-15', sections: { bilan: 'Calme.' }, weekChart });
const openOn = (day: string) => openedTicket(client, { occurredAt: `2026-05-${day}T12:00:00-04:00` });

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  const signingKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  server = await startHostedServer({ signingKey: signingKey.toString() });
  client = await clientOf(server);
  for (const day of ['09', '12', '12', '15', '16']) await openOn(day);
});
afterAll(() => server.close());

const read = async (query = ''): Promise<Charted> => (await client.get<Charted>(`${path}${query}`)).body;
const openedIn = ({ figures: { week } }: Charted) => week?.map(({ opened }) => opened);
const markdown = async (query = '') =>
  Buffer.from((await formOf(client, `${path}?format=md${query}`)).bytes).toString();

describe('the chart of the week', () => {
  it('is chosen in the draft, and shows what is known now until it is published', async () => {
    const { headers } = await client.send('PUT', path, draft(true));
    const drafted = await read(`?minPosition=${headers.get('Position')}`);
    expect(drafted.weekChart).toBe(true);
    expect(drafted.figures.week?.map(({ date }) => date.slice(-2)).join()).toBe('09,10,11,12,13,14,15');
    expect(openedIn(drafted)).toEqual([1, 0, 0, 2, 0, 0, 1]);
    expect(await markdown()).toContain('| Mardi 12 mai | 2 | 0 |');
  });

  it('is frozen with the publication and signed, whatever arrives later', async () => {
    expect((await client.post(`${path}/publish`)).status).toBe(200);
    await openOn('12');
    const late = await read();
    expect(openedIn(late)).toEqual([1, 0, 0, 2, 0, 0, 1]);
    expect(late.figures.week?.at(-1)?.opened).toBe(late.figures.total.opened);
    expect(late.signature?.verification).toBe('verified');
    const signed = JSON.parse(late.signature!.signedPayload) as Charted;
    expect(signed.figures.week).toEqual(late.figures.week);
    // The ticket day did not change, so nothing is due.
    expect(late.differences).toEqual([]);
    expect(await markdown()).toContain('| Mardi 12 mai | 2 | 0 |');
  });

  it('is brought up to date by a revision, which says so; the one before stays as it was', async () => {
    await client.send('PUT', path, { ...draft(true), sections: { bilan: 'Moins calme.' } });
    expect((await client.post(`${path}/revise`)).status).toBe(200);
    expect(openedIn(await read())).toEqual([1, 0, 0, 3, 0, 0, 1]);
    expect(await markdown()).toContain('Graphique de la semaine : chiffres mis à jour');
    expect(openedIn(await read('?revision=1'))).toEqual([1, 0, 0, 2, 0, 0, 1]);
    expect(await markdown('&revision=1')).toContain('| Mardi 12 mai | 2 | 0 |');
  });

  it('is taken out by a revision', async () => {
    await client.send('PUT', path, draft(false));
    expect((await client.post(`${path}/revise`)).status).toBe(200);
    const without = await read();
    expect([without.weekChart, without.revision, without.figures.week]).toEqual([false, 3, undefined]);
    expect(await markdown()).toContain('Graphique de la semaine : retiré');
  });
});
