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

  it('tells of each line that has no place', () => {
    const { unplaced, sections } = read(
      'Bonjour à tous\n\nBilan\n\nCalme.\n\nMise à jour technologique\n\nSans jour : 5\n\n16 mai\n\n- Tout va bien.',
    );
    expect(unplaced).toEqual(['Bonjour à tous', 'Sans jour : 5', '- Tout va bien.']);
    expect(sections).toEqual({ bilan: 'Calme.' });
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
});
