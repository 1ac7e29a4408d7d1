import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from '../../../src/shared/text/words.js';
import { Client, clientOf } from '../../support/api/client.js';
import { done, openedTicket, type TicketBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';
import { budgeted } from '../../support/budget.js';

interface Found {
  items: TicketBody[];
  highlights: { ticketId: string; title: string; text: string }[];
}

/** A text, and queries that people type to find it: copied exactly, or written in another common way. */
const table: readonly [text: string, ...typed: string[]][] = [
  ['Demande de M.Roy au 2e', 'M.Roy', 'M. Roy', 'm.roy', 'roy', 'Roy'],
  [
    'Rappeler au 514-555-0199',
    '514-555-0199',
    '514.555.0199',
    '(514) 555-0199',
    '5145550199',
    '514 555 0199',
  ],
  [
    'Rappeler au 514-555-0199',
    '0199',
    '555-0199',
    '+1 514 555-0199',
    '1-514-555-0199',
    '«514-555-0199»',
    '514555',
  ],
  [
    'Cellulaire (438) 555-0142, soir',
    '(438) 555-0142',
    '438-555-0142',
    '4385550142',
    '438.555.0142',
    '555-0142',
  ],
  ['Cellulaire 4505550163', '450-555-0163', '(450) 555-0163', '450 555 0163', '4505550163', '14505550163'],
  ['Appel du +1 819 555 0177 hier', '819-555-0177', '+18195550177', '8195550177', '18195550177'],
  ['Appel du +33 1 23 45 67 89', '+33 1 23 45 67 89', '+33123456789', '01 23 45 67 89'.slice(1)],
  ['Serveur 10.20.30.40 muet', '10.20.30.40', '10.20', '20.30.40', '30.40'],
  ['Réseau 192.168.0.0/16 coupé', '192.168.0.0/16', '192.168', '0.0/16'],
  [
    'Écrire à j.roy@exemple.qc.ca svp',
    'j.roy@exemple.qc.ca',
    'exemple.qc.ca',
    'j.roy',
    'J.ROY@EXEMPLE.QC.CA',
    '@exemple.qc',
  ],
  ['Local 3-214 fermé', '3-214', '3.214', '3/214', '214'],
  ['Local B-3.317 fermé', 'B-3.317', 'B3317', 'b-3-317', '3.317'],
  ['Ouvrir rapport.pdf', 'rapport.pdf', 'rapport', 'pdf', 'RAPPORT.PDF'],
  ['Ouvrir Bilan_final-v2.xlsx', 'Bilan_final-v2.xlsx', 'bilan_final', 'final-v2', 'v2.xlsx', 'bilan'],
  ['Panne du 15/05/2026 au soir', '15/05/2026', '15-05-2026', '15/05', '15052026'],
  ['Panne du 2026-04-16 au soir', '2026-04-16', '2026/04/16', '2026-04', '20260416'],
  ['Relevé 2026-03-14T08:12:33.120-04:00', '2026-03-14T08:12:33.120-04:00', '08:12:33', '2026-03-14T08'],
  ['Service 24/7 requis', '24/7'],
  ['Version 2.3.1 installée', '2.3.1', '2.3'],
  ['Version v4.5.6-rc1 installée', 'v4.5.6-rc1', '4.5.6', 'v4.5.6', 'V4.5', '4.5.6-rc'],
  [
    'Voir https://dsn.exemple.qc.ca/aide?id=77&x=1#haut',
    'https://dsn.exemple.qc.ca/aide?id=77&x=1#haut',
    'dsn.exemple.qc.ca',
    'exemple.qc.ca/aide',
    'id=77',
  ],
  ['Hôte srv-impr-04.local hors ligne', 'srv-impr-04.local', 'srv-impr-04', 'impr-04', 'srv', 'SRV-IMPR'],
  ['Hôte host_name-01.exemple.local', 'host_name-01.exemple.local', 'host_name-01', 'name-01', 'hostname01'],
  [
    'Carte 00:1A:2B:3C:4D:5E refusée',
    '00:1A:2B:3C:4D:5E',
    '00-1a-2b-3c-4d-5e',
    '001A2B3C4D5E',
    '001A.2B3C.4D5E',
    '3C:4D',
  ],
  ['Adresse 2001:db8:85a3::8a2e:370:7334', '2001:db8:85a3::8a2e:370:7334', '2001:DB8', '8a2e:370'],
  ['Suivi de INC0012345', 'INC0012345', 'inc0012345', 'INC0012', '0012345', 'INC-0012345', 'INC 0012345'],
  ['Suivi de CHG-778-A', 'CHG-778-A', 'CHG778A', 'chg-778', '778-A'],
  ['Fichier C:\\Temp\\x.log plein', 'C:\\Temp\\x.log', 'temp\\x.log', 'x.log', 'C:\\Temp'],
  ['Fichier /var/log/billets.log plein', '/var/log/billets.log', '/var/log', 'var/log', 'log/billets'],
  ['Partage \\\\srv9\\partage$ perdu', '\\\\srv9\\partage$', 'srv9\\partage', '\\\\SRV9'],
  ['Clé HKLM\\Software\\DSN\\Poste=12', 'HKLM\\Software\\DSN', 'software\\dsn', 'Poste=12'],
  [
    'Bourrage de l’agrafeuse',
    'l’agrafeuse',
    "l'agrafeuse",
    'l‘agrafeuse',
    'agrafeuse',
    'd’agrafeuses',
    'agraf',
    '"l’agrafeuse"',
  ],
  [
    'Pas d’électrocardiogramme',
    "d'électrocardiogramme",
    'electrocardiogramme',
    'ÉLECTROCARDIO',
    "l'electrocardiogramme",
  ],
  ['Aujourd’hui seulement', "aujourd'hui", 'aujourd’hui', 'aujourdhui', '«aujourd’hui»'],
  [
    'Prise de rendez-vous impossible',
    'rendez-vous',
    'rendez vous',
    'rendezvous',
    'RENDEZ‑VOUS',
    'rendez',
    '"rendez-vous"',
    '«prise de rendez-vous»',
  ],
  [
    'Établissement Nord-de-l’Île-de-Montréal',
    'Nord-de-l’Île-de-Montréal',
    "nord-de-l'ile-de-montreal",
    'l’Île-de-Montréal',
    'ile-de-montreal',
  ],
  [
    'Mauricie–Centre-du-Québec touché',
    'Mauricie–Centre-du-Québec',
    'mauricie-centre-du-quebec',
    'Centre-du-Québec',
  ],
  ['Moniteur de cœur fœtal', 'cœur', 'coeur', 'CŒUR', 'COEUR', 'foetal', 'fœtal'],
  ['Curriculum vitæ reçu', 'vitae', 'vitæ', 'VITÆ'],
  ['Rue Hauptstraße et Łódź, Ærø', 'Hauptstrasse', 'hauptstraße', 'HAUPTSTRASSE', 'Lodz', 'łódź', 'aero'],
  ['Nom: Nguyễn Thị Đào', 'Nguyen', 'nguyễn', 'thi dao', 'Đào'],
  ['Nom: Παπαδόπουλος', 'παπαδοπουλος', 'ΠΑΠΑΔΟΠΟΥΛΟΣ', 'παπαδ'],
  ['Nom: Щербаков', 'щербаков', 'ЩЕРБАК'],
  ['Modèle décomposé: e\u0301chographe', 'échographe', 'echographe', 'e\u0301chographe'],
  ['Texte avec trait invisible: né\u00adphro\u00adlogie', 'néphrologie', 'nephro'],
  ['Largeur ＡＢＣ１２ pleine', 'abc12', 'ＡＢＣ１２'],
  ['Dossier N°123 perdu', 'N°123', 'N° 123', 'Nº123', 'n°123'],
  ['Dossier #4299 perdu', '#4299', '4299'],
  ['Écran à 57 % de luminosité', '57 %', '57%', '57'],
  ['Dose de 1,75 ml', '1,75', '1.75', '1,75 ml'],
  ['Groupe sanguin A/B inversé', 'A/B', '«A/B»'],
  ['Erreur du compilateur C++ ici', 'C++', 'c++'],
  ['Groupe O+ demandé', 'O+'],
  ['Module C#, fermé', 'C#'],
  ['Bogue 🔥 au démarrage', '🔥', 'bogue 🔥'],
  ['Pouce 👍🏽 du chef', '👍', '👍🏽'],
  ['C’est fini.Bonjour à vous', 'fini.Bonjour', 'fini', 'Bonjour', 'fini. bonjour'],
  ['Plage (300-450) à revoir', '300-450', '(300-450)', '450'],
  ['Quantité<2 mm>et&plus', '<2 mm>', 'et&plus', '2 mm'],
  ['Code 0x80070005 vu', '0x80070005', '0X80070005', '80070005'],
  ['Erreur E-1042/b', 'E-1042/b', 'e1042', '1042'],
  [
    'GUID 3f2a1b9c-77aa-4e0d-9b1c-0a1b2c3d4e5f',
    '3f2a1b9c-77aa-4e0d-9b1c-0a1b2c3d4e5f',
    '3f2a1b9c',
    '77aa-4e0d',
    '4e0d-9b1c',
  ],
  ['Vers 10h30 précises', '10h30', '10 h 30', '10H30'],
  ['RAMQ ROYM 7654 1298', 'ROYM 7654 1298', 'ROYM76541298', 'roym-7654-1298', '1298'],
  ['Relais wi-fi/bluetooth et USB3.0/USB-C', 'wifi/bluetooth', 'wi-fi', 'usbc', 'USB-C'],
  ['Avis:co-signature/interne', 'cosignature', 'co-signature'],
  ['Transfert à l’U.S.I. ou au C.H.U.', 'USI', 'CHU', 'U.S.I.', 'l’U.S.I.', 'usi'],
  ['Lits de l’unité USJ', 'U.S.J.', 'u.s.j'],
  ['Dr D’Amours et Mme M’Baye', 'damours', "D'Amours", 'mbaye', 'M’Baye', 'Amours'],
  ['Salle à 21℃, sac de 5㎏', '21 °C', '21℃', '5kg', '5㎏'],
  ['Jusqu’à demain', 'jusqu’à', "jusqu'à"],
  ['Borne wi-fi du hall', 'wi-fi', 'wifi', 'Wi-Fi', 'WIFI'],
  ['Borne du bluetooth4.2', 'bluetooth4.2', 'bluetooth', 'bluetooth4'],
  ['Le poste 4521, puis 4522', '4521,', '4521', '4522'],
  [
    'Vu à Saint-Jean-sur-Richelieu',
    'saint-jean-sur-richelieu',
    'Saint Jean sur Richelieu',
    'jean-sur',
    'Richelieu',
  ],
  ['Médicament acétaminophène/codéine', 'acétaminophène/codéine', 'codeine', 'acetaminophene'],
  ['Signé: O’Connell & fils', 'O’Connell', "o'connell", 'oconnell', 'Connell'],
  ['Clavier QWERTY…puis AZERTY', 'QWERTY…puis', 'azerty', 'qwerty'],
  ['Température −18 °C constante', '−18 °C', '18'],
  ['Hex A1B2C3', 'A1B2C3', 'a1b2'],
  ['Base64 QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'QWxhZGRp'],
];

let server: HostedServer;
let client: Client;
let tickets: string[];
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  tickets = [];
  for (const [index, [text]] of table.entries()) {
    // The texts take turns as title, description and note: all three are searched.
    const ticketId = await openedTicket(client, {
      title: index % 3 === 0 ? text : 'Rien',
      ...(index % 3 === 1 ? { description: text } : {}),
    });
    if (index % 3 === 2) await done(client, ticketId, 'note', { body: text });
    tickets.push(ticketId);
  }
});
afterAll(() => server.close());

const now = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

const search = async (q: string, more = '', by: Client = client): Promise<Found> => {
  const { status, body } = await by.get<Found>(
    `/v1/tickets?limit=500&minPosition=${await now()}&q=${encodeURIComponent(q)}${more}`,
  );
  expect([q, status]).toEqual([q, 200]);
  return body;
};
const idsOf = ({ items }: Found): string[] => items.map(({ ticketId }) => ticketId);

describe('a text is found by typing any part of it', () => {
  const cases = table.flatMap(([text, ...typed], index) => typed.map((q) => [q, text, index] as const));

  it.each(cases)('«%s» finds «%s»', async (q, _text, index) => {
    const found = await search(q);
    expect(idsOf(found)).toContain(tickets[index]);
    const highlight = found.highlights.find(({ ticketId }) => ticketId === tickets[index]);
    // What names or reaches a person is masked in lists, and there is nothing to highlight in a mask.
    expect(`${highlight?.title} ${highlight?.text}`).toMatch(/<mark>|•/);
  });

  it.each([
    ['10.20.30.41', 'another IP address'],
    ['514-555-0198', 'another phone number'],
    ['2026-04-17', 'another day'],
    ['INC0012346', 'another code'],
    ['40.30.20.10', 'the same numbers in another order'],
    ['"hors de ligne"', 'a phrase with an extra word inside'],
    ['«ligne hors»', 'a phrase in reverse order'],
    ['"hors lign"', 'a phrase that ends within a word'],
    ['“rendez-vous prise”', 'a phrase whose words are not adjacent in the text'],
    ['"agrafeuses"', 'another form of a word, in quotes'],
    ['Z&Q', 'single letters that only begin words'],
  ])('«%s» finds nothing: %s', async (q) => {
    expect(idsOf(await search(q))).toEqual([]);
  });

  it('a single letter after an elided word matches that letter only, not words that begin with it', async () => {
    const only = tickets[table.findIndex(([text]) => text.startsWith('Jusqu’à'))];
    expect(idsOf(await search('jusqu’à'))).toEqual([only]);
  });

  it('an unclosed quote is searched as single words', async () => {
    const hors = tickets[table.findIndex(([text]) => text.startsWith('Hôte srv'))];
    expect(idsOf(await search('"hors lign'))).toEqual([hors]);
    expect(idsOf(await search('«hors ligne»'))).toEqual([hors]);
  });

  it('a phone number is found and shown masked, as is no other number that begins like it', async () => {
    const { highlights } = await search('514.555.0199');
    expect(highlights.length).toBeGreaterThan(0);
    for (const { title, text } of highlights) {
      expect(`${title} ${text}`).toContain('Rappeler au •••-•••-••••');
    }
  });

  it('any text is found by any run of its words, whatever characters it contains', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '12',
        'Roy',
        'é',
        '7b',
        'Œ',
        'ß',
        '\u{1f525}',
        'ﬁ',
        '½',
        '\u{20000}',
        'x',
        'İ',
        'ǅ',
        'ऩि',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
    );
    const sign = fc.constantFrom(
      '',
      '-',
      '.',
      ' ',
      '/',
      ':',
      '@',
      '_',
      '’',
      ', ',
      '::',
      '\\',
      ' (',
      '+',
      '#',
      '<',
    );
    const text = fc
      .array(fc.tuple(piece, sign), { minLength: 2, maxLength: 12 })
      .map((pieces) => pieces.flat().join('').replaceAll('\0', ' ').toWellFormed().trim())
      .filter((written) => written.length > 0 && written.length < 180 && wordsOf(written).length > 0);
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), fc.nat(), async (written, from, length) => {
        const ticketId = await openedTicket(client, { description: written });
        const words = wordsOf(written).filter((word, at, all) => all[at - 1]?.start !== word.start);
        const first = words[from % words.length]!;
        const last = words[Math.min(words.length - 1, (from % words.length) + (length % 5))]!;
        const part = written.slice(first.start, last.end);
        const typed = [written, part, ...(/[«»“”„"]/u.test(part) ? [] : [`«${part}»`])];
        for (const q of typed.filter((query) => query.trim().length > 0)) {
          expect([q, idsOf(await search(q))]).toEqual([q, expect.arrayContaining([ticketId])]);
        }
      }),
      { numRuns: budgeted(30) },
    );
  });
});

describe('a ticket with more text than one row of the search holds', () => {
  const word = (number: number): string =>
    `z${String(number).replaceAll(/\d/g, (digit) => 'abcdefghij'[+digit]!)}q`;

  it('is found once, by the words of any note or of several notes', async () => {
    const ticketId = await openedTicket(client, { title: 'Journal interminable' });
    const filler = Array.from({ length: 1_300 }, (_, at) => `mot${at % 600}`).join(' ');
    const notes = Array.from({ length: 40 }, (_, at) => `${word(at)} poste 10.77.${at}.5 ${filler}`);
    const commands = notes.map((body, at) => ({
      ...{ commandId: randomUUID(), type: 'note', ticketId, body, internal: at === 20 },
    }));
    expect((await client.post('/v1/sync', { deviceId: 'd', commands })).status).toBe(200);
    for (const at of [0, 1, 19, 20, 21, 39]) {
      expect(idsOf(await search(word(at)))).toEqual([ticketId]);
      expect(idsOf(await search(`"${word(at)} poste"`))).toEqual([ticketId]);
      expect(idsOf(await search(`10.77.${at}.5`))).toEqual([ticketId]);
    }
    for (const sort of ['relevance', 'age', 'updated', 'priority']) {
      expect(idsOf(await search(`${word(0)} ${word(39)} interminable`, `&sort=${sort}`))).toEqual([ticketId]);
    }
    const { highlights } = await search(`"${word(39)} poste"`);
    expect(highlights[0]!.text).toContain(`<mark>${word(39)} poste</mark>`);
    const counted = await client.get<{ counts: Record<string, number> }>(
      `/v1/tickets?q=interminable&counts=true&minPosition=${await now()}`,
    );
    expect(counted.body.counts.open).toBe(1);
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    expect(idsOf(await search(word(20), '', team))).toEqual([]);
    expect(idsOf(await search(word(21), '', team))).toEqual([ticketId]);
  });

  it('is found once when one row has the word and another only a similar word', async () => {
    const ticketId = await openedTicket(client, { title: 'Cathéterisme' });
    await openedTicket(client, { title: 'Cathéterisme', establishment: 'MCQ' });
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const filler = Array.from({ length: 1_300 }, (_, at) => `mot${at}`).join(' ');
    const commands = [...Array.from({ length: 9 }, () => filler), 'Cathetérysme'].map((body) => ({
      ...{ commandId: randomUUID(), type: 'note', ticketId, body },
    }));
    await client.post('/v1/sync', { deviceId: 'd', commands });
    expect(idsOf(await search('catheterysme', '', team))).toEqual([ticketId]);
    expect(idsOf(await search('"mot1299 mot0"'))).toEqual([]);
  });

  it('does not prevent the indexing of later tickets, whatever characters it contains', async () => {
    const letters = (from: number) =>
      Array.from({ length: 2_350 }, (_, at) =>
        String.fromCodePoint(0x20000 + ((from * 2_350 + at) % 40_000)),
      );
    const ticketId = await openedTicket(client, { title: 'Lettres rares' });
    const bodies = Array.from({ length: 40 }, (_, at) => letters(at).join(at % 2 === 0 ? ' ' : ''));
    const commands = bodies.map((body) => ({ commandId: randomUUID(), type: 'note', ticketId, body }));
    expect((await client.post('/v1/sync', { deviceId: 'd', commands })).status).toBe(200);
    const after = await openedTicket(client, { title: 'Après les lettres rares' });
    expect(idsOf(await search('lettres rares'))).toEqual(expect.arrayContaining([after, ticketId]));
    for (const at of [0, 20, 38]) expect(idsOf(await search(letters(at)[7]!))).toEqual([ticketId]);
    expect(idsOf(await search(letters(39).slice(0, 40).join('')))).toEqual([ticketId]);
    const { body } = await client.get<{ incomplete?: number }>('/v1/tickets?q=lettres');
    expect(body.incomplete).toBeUndefined();
  });
});
