import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { ago, done, openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const sentencesOf = async (ticketId: string, language?: string, by = client): Promise<string[]> => {
  const { body } = await by.get<{ items: { sentence: string }[] }>(
    `/v1/tickets/${ticketId}/history`,
    language === undefined ? {} : { 'Accept-Language': language },
  );
  return body.items.map(({ sentence }) => sentence.replaceAll('\u00A0', ' '));
};

const who = 'test:agent+producer+operator';

describe('a history', () => {
  it('has a sentence for each event, in French by default', async () => {
    const ticketId = await openedTicket(client, { occurredAt: ago(120), priority: 'P1' });
    await done(client, ticketId, 'reprioritize', { priority: 'P3' });
    await done(client, ticketId, 'transfer', { occurredAt: ago(60) });
    const french = [
      `${who} a ouvert le billet «Ordonnance introuvable» à l’établissement CIUSSS du Nord-de-l'Île-de-Montréal (priorité critique, ordonnances).`,
      `${who} a changé la priorité de «critique» à «moyenne».`,
      `${who} a transféré le billet de l’établissement CIUSSS du Nord-de-l'Île-de-Montréal à l’établissement CIUSSS de la Mauricie-et-du-Centre-du-Québec.`,
    ];
    expect(await sentencesOf(ticketId)).toEqual(french);
    expect(await sentencesOf(ticketId, 'de, fr-CA;q=0.5')).toEqual(french);
    expect((await sentencesOf(ticketId, 'en-CA, fr;q=0.5'))[1]).toBe(
      `${who} changed the priority from «critical» to «medium».`,
    );
  });

  it('names another ticket by its title for those who may read it, and by its id for others', async () => {
    const ticketId = await openedTicket(client);
    const parent = await openedTicket(client, { title: 'Panne générale', establishment: 'MCQ' });
    const into = await openedTicket(client, { title: 'La même chose' });
    await done(client, ticketId, 'link', { to: parent, relation: 'parent' });
    await done(client, ticketId, 'merge', { into });
    const mergedInto = `${who} a fusionné ce billet dans le billet «La même chose».`;
    const ofParent = `${who} a rattaché ce billet à son parent, le billet `;
    expect((await sentencesOf(ticketId)).slice(1)).toEqual([`${ofParent}«Panne générale».`, mergedInto]);
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const theirs = (await sentencesOf(ticketId, 'fr', team)).slice(1);
    expect(theirs).toEqual([`${ofParent}${parent.slice(0, 8)}.`, mergedInto]);
  });

  it('says how long after it happened an event was sent', async () => {
    const ticketId = await openedTicket(client, { occurredAt: ago(7_290) });
    expect((await sentencesOf(ticketId))[0]).toMatch(/ \(transmis 2 h 1 min plus tard\)\.$/);
  });
});
