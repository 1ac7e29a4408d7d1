import { describe, expect, it } from '@jest/globals';
import { realDate, realDraft, realText } from '../../../../../test/support/bulletins/real-bulletin.js';
import { loadEstablishments } from '../../../../establishments/index.js';
import { pastedBulletin } from './pasted-bulletin.js';

const establishments = loadEstablishments(undefined, 'America/Toronto');
const read = (text: string) => pastedBulletin(text, realDate, (name) => establishments.find(name));

describe('a pasted bulletin', () => {
  it.each([
    ['as it was published', realText],
    ['with the bullets of a word processor', realText.replace(/^- /gm, '•\t').replace(/^ - /gm, 'o\t')],
    ['with Markdown headings', realText.replace(/^(?=Bilan|Faits|Mise|Objectif|Billets)/gm, '## ')],
    [
      'without bold words, with no-break spaces',
      realText.replaceAll('**', '').replace(/(?<=\d) (?=[\d%])/g, '\u00A0'),
    ],
  ])('is read whole %s', (_how, text) => {
    const { sections, releves, ticketDay, date, counted, unplaced } = read(text);
    const { bilan = '', faitsSaillants = [], objectif = '' } = sections;
    const plain = (written: string) => written.replaceAll('**', '').replaceAll('\u00A0', ' ');
    expect({ ticketDay, date, unplaced }).toEqual({ ticketDay: '2026-05-15', date: realDate, unplaced: [] });
    expect(plain(bilan)).toBe(plain(realDraft.sections.bilan));
    expect(plain(objectif)).toBe(realDraft.sections.objectif);
    expect(faitsSaillants.map(({ establishment }) => establishment?.written)).toEqual(
      realDraft.sections.faitsSaillants.map(({ establishment }) => establishment),
    );
    for (const { text: said } of faitsSaillants)
      expect(plain(said)).toBe(plain(realDraft.sections.faitsSaillants[0]!.text));
    expect(releves).toEqual(realDraft.releves);
    expect(counted.map(plain)).toEqual([
      'Nombre de billets quotidiens : 1107',
      'Nombre de billets quotidiens résolus au cours de cette même période : 1024',
    ]);
  });

  it('reads a number behind a sign that is plain text', () => {
    const { releves, counted } = read(
      'Mise à jour technologique\n\n16 mai\n\n\\- **154** chirurgies documentées dans le DSN.\n\nBillets quotidiens – 15 mai\n\n\\- Nombre de billets : 5',
    );
    expect(releves).toMatchObject([{ code: 'documented-surgeries', value: 154 }]);
    expect(counted).toEqual(['Nombre de billets : 5']);
  });

  it('tells of each line that has no place', () => {
    const { unplaced, sections } = read(
      'Bonjour à tous\n\nBilan\n\nCalme.\n\nMise à jour technologique\n\nSans jour : 5\n\n16 mai\n\n- Tout va bien.',
    );
    expect(unplaced).toEqual(['Bonjour à tous', 'Sans jour : 5', '- Tout va bien.']);
    expect(sections).toEqual({ bilan: 'Calme.' });
  });

  it('has the characters that Windows-1252 was meant to be', () => {
    const { sections } = read(
      'Bilan \u0096 Essai\n\n\u0095 L\u0092\u0152uvre \u0093dite\u0094 \u0085 5 \u0080\u0081',
    );
    expect(sections).toEqual({ bilan: '# Essai\n\n- L’Œuvre “dite” … 5 €' });
  });

  it('has no heading in a long line', () => {
    const line = `Bilan${' '.repeat(50_000)}calme`;
    expect(read(`Objectif du jour\n\n${line}`).sections).toEqual({ objectif: line });
  });

  it('has its establishments as the list spells them', () => {
    const { sections } = read('Faits saillants\n\nMAURICIE–CENTRE‑DU‑QUÉBEC et NIM\n\n- a');
    expect(sections.faitsSaillants?.map(({ establishment }) => establishment?.written)).toEqual([
      ...['Mauricie–Centre-du-Québec', 'NIM'],
    ]);
  });

  it('is of the year before where its day would be after its date', () => {
    const text = 'Billets quotidiens – jeudi 31 décembre 00h00 à 23h59';
    expect(pastedBulletin(text, '2027-01-01', () => undefined).ticketDay).toBe('2026-12-31');
  });

  it('keeps a percentage of accesses that is another than the computed one', () => {
    const technology = (percent: string) =>
      `Mise à jour technologique\n\n16 mai\n\n- Nombre d'utilisateurs connectés au DSN : 23 431 sur total de 30 000.\n- ${percent} des accès déjà effectués.`;
    expect(read(technology('78,1 %')).releves.map(({ code }) => code)).toEqual(['connected-users']);
    expect(read(technology('80 %')).releves[1]).toEqual({
      ...{ code: 'accesses-done', day: '2026-05-16', value: 80, unit: '%' },
    });
  });

  it.each([
    'Billets quotidiens – vendredi 15 mai 00h00 à 23h59',
    'Billets quotidiens – vendredi 15 mai 2026, 00 h 00 à 23 h 59',
    'Billets quotidiens - vendredi 15 mai 0 h à 23 h 59',
    'Billets quotidiens — vendredi 15 mai de 00h00 à 23h59',
    'Billets quotidiens – vendredi 15 mai (00h00 à 23h59)',
    'Billets quotidiens – vendredi 15 mai 2026, 0h à 23h59',
    'Billets quotidiens – vendredi 15 mai de minuit à minuit',
    'Billets quotidiens : vendredi 15 mai 00h00 à 23h59',
    'Billets quotidiens: le 15 mai',
    'Billets quotidiens, vendredi 15 mai',
    'Billets quotidiens (vendredi 15 mai)',
    'Billets quotidiens du vendredi 15 mai',
    'Billets quotidiens de la journée du 15 mai, 00:00–23:59',
    'Billets quotidiens vendredi 15 mai',
    'Billets quotidiens – ven. 15 mai',
    'Billets quotidiens | 2026-05-15',
    '**Billets quotidiens** – **vendredi 15 mai**',
    '*Billets quotidiens* – vendredi 15 mai, 00 h 00 à 23 h 59.',
    '3. Billets quotidiens – vendredi 15 mai',
    'Billets quotidiens – 15/05/2026',
    '## BILLETS QUOTIDIENS – VENDREDI 15 MAI',
    'Daily tickets – Friday, May 15',
    'Daily tickets for Friday, May 15th, 2026, 12 a.m. to 11:59 p.m.',
    'Daily tickets: Friday 15 May',
  ])('has its ticket day read in «%s»', (heading) => {
    const { ticketDay, unreadTicketHeading, counted, releves, unplaced } = read(
      `Mise à jour technologique\n\n16 mai\n\n- **89** chirurgies documentées dans le DSN.\n\n${heading}\n\nNombre de billets quotidiens : 1 107`,
    );
    expect({ ticketDay, unreadTicketHeading, unplaced }).toEqual({
      ...{ ticketDay: '2026-05-15', unreadTicketHeading: undefined, unplaced: [] },
    });
    expect([counted.length, releves.length]).toEqual([1, 1]);
  });

  it.each([
    'Billets quotidiens',
    'Billets quotidiens :',
    'Billets quotidiens – journée d’hier',
    'Billets quotidiens – semaine du 10 mai',
    'Billets quotidiens du 14 au 15 mai',
    'Billets quotidiens – vendredi 15 mai et samedi 16 mai',
    'Billets quotidiens – 31 juin',
    'Daily tickets',
  ])('tells that no ticket day is read in «%s»', (heading) => {
    const { ticketDay, unreadTicketHeading, counted } = read(`${heading}\n\nNombre de billets : 1 107`);
    expect({ ticketDay, unreadTicketHeading, counted }).toEqual({
      ...{ ticketDay: undefined, unreadTicketHeading: heading, counted: ['Nombre de billets : 1 107'] },
    });
  });

  it.each([
    'Nombre de billets quotidiens : 1 107',
    '- Nombre de billets quotidiens résolus au cours de cette même période : 1024',
    '- **Nombre de billets résolus** : 1 024',
    'Billets quotidiens : 1 107',
    '1 107 billets quotidiens, dont 1 024 résolus',
    'Number of daily tickets: 1,107',
    'Tickets resolved during that same period: 1,024',
  ])('has «%s» counted, below a heading that is not known', (line) => {
    const { counted, releves, unplaced } = read(
      `Mise à jour technologique\n\n16 mai\n\nDemandes du jour\n\n${line}`,
    );
    expect({ releves, unplaced }).toEqual({ releves: [], unplaced: ['Demandes du jour'] });
    expect(counted).toHaveLength(1);
  });

  it('keeps a sentence on daily tickets in its text', () => {
    const text = 'Billets quotidiens en hausse.\n\nBillets quotidiens et demandes se suivent.';
    expect(read(`Bilan\n\n${text}`).sections).toEqual({ bilan: text });
  });

  it.each([
    ['Faits saillants :', 'Mise à jour technologique :'],
    ['Faits saillants – DSN', 'Mise à jour technologique – DSN'],
    ['FAITS SAILLANTS (DSN) :', 'Mise à jour technologique du DSN'],
    ['**Faits saillants** :', '**Mise à jour technologique** – Dossier santé numérique (DSN)'],
    ['# Fait saillant', '# Mises à jour technologiques'],
    ['Highlights:', 'Technology updates – DSN'],
    ['*Faits saillants*', '***Mise à jour technologique*** / DSN'],
  ])('begins its sections at «%s» and «%s»', (highlights, technology) => {
    const { sections, releves, unplaced } = read(
      [
        ...['Bilan', 'Calme.', highlights, 'Nord-de-l’Île-de-Montréal', '- a', technology, '16 mai'],
        ...['- **154** chirurgies documentées dans le DSN.', 'Objectifs du jour : tenir', '- b'],
      ].join('\n\n'),
    );
    expect(sections).toMatchObject({ bilan: 'Calme.', objectif: '# tenir\n\n- b' });
    expect(sections.faitsSaillants).toMatchObject([
      { establishment: { written: "Nord-de-l'Île-de-Montréal" }, text: '- a' },
    ]);
    expect(releves).toMatchObject([{ code: 'documented-surgeries', day: '2026-05-16' }]);
    expect(unplaced).toEqual([]);
  });

  it('reads what stands behind a heading as a line below it', () => {
    const { sections, releves, unplaced } = read(
      'Faits saillants – Nord-de-l’Île-de-Montréal\n\n- a\n\nMise à jour technologique du 16 mai\n\n- **154** chirurgies documentées dans le DSN.\n\nFaits saillants : essai',
    );
    expect(sections.faitsSaillants).toMatchObject([{ text: '- a', establishment: {} }]);
    expect(releves).toMatchObject([{ day: '2026-05-16' }]);
    expect(unplaced).toEqual(['essai']);
  });
});
