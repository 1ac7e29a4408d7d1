import { describe, expect, it } from '@jest/globals';
import { identifierCodesIn, identifiersIn, masked } from './identifiers.js';

const mask = '•••• •••• ••••';

/** What each identifier of a text says, as it was written. */
const found = (text: string): [string, string][] =>
  identifiersIn(text).map(({ code, start, end }) => [code, text.slice(start, end)]);

const gaps = {
  nothing: '',
  space: ' ',
  'two spaces': '  ',
  tab: '\t',
  'a new line': '\n',
  'a new line of Windows': '\r\n',
  'no-break space': '\u00a0',
  'narrow no-break space': '\u202f',
  'thin space': '\u2009',
  'em space': '\u2003',
  'ideographic space': '\u3000',
  'line separator': '\u2028',
  hyphen: '-',
  'no-break hyphen': '\u2011',
  'spaced en dash': ' – ',
  'em dash': '—',
  'minus sign': '\u2212',
  'full-width hyphen': '\uff0d',
  point: '.',
  underscore: '_',
  slash: '/',
  star: '*',
  'middle dot': '·',
  'zero-width space': '\u200b',
  'soft hyphen': '\u00ad',
  'word joiner': '\u2060',
  'byte order mark': '\ufeff',
  'zero-width joiner': '\u200d',
  'right-to-left mark': '\u200f',
  'space and zero-width space': ' \u200b',
};
const groupings: string[][] = [
  ['TREM', '84511234'],
  ['TREM', '8451', '1234'],
  ['TREM', '8451', '12', '34'],
  ['TREM', '845112', '34'],
  ['TREM', '84', '51', '12', '34'],
  ['TREM', '84', '51', '1234'],
];
const neighbours: [before: string, after: string][] = [
  ['', ''],
  ['', ' 2026-05-15'],
  ['', ' 2026/05/15 8h'],
  ['NAM ', ' 2027/05'],
  ['', ' 4512'],
  ['', ', 2 lits'],
  ['', ',2 lits'],
  ['', '-01'],
  ['', '/514-555'],
  ['', '.'],
  ['', '. 3 jours'],
  ['', '_'],
  ['', ')'],
  ['', ' exp. 2027-05'],
  ['', 'lit'],
  ['', 'lit 4'],
  ['', 'LIT'],
  ['dossier/', ''],
  ['Tremblay/', ''],
  ['patient-', ''],
  ['patiente_', ' lit 4'],
  ['NAM_', ''],
  ['ramq:', ''],
  ['NAM=', '&x=1'],
  ['_', '_'],
  ['**', '**'],
  ['Dossier n° ', ''],
  ['4012/', ''],
  ['M/', ''],
  ['lit 4-', ''],
  ['patient', ''],
  ['Patiente', 'lit'],
  ['NAM', ''],
  ['«', '»'],
  ['à ', ' à 8 h 15'],
  ['1) ', ' 2) rien'],
];

describe('a health number', () => {
  const written = Object.entries(gaps).flatMap(([name, gap]) =>
    groupings.map((pieces): [string, string, string] => [pieces.join('-'), name, pieces.join(gap)]),
  );

  it.each(written)(
    'in the pieces %s is noticed with %s between them, whatever is beside it',
    (_, __, number) => {
      for (const [before, after] of neighbours) {
        const text = `${before}${number}${after}`;
        expect([text, found(text)]).toEqual([text, [['health-number', number]]]);
        expect(masked(text)).toBe(`${before}${mask}${after}`);
      }
    },
  );

  it.each([
    ['in full-width characters', 'ＴＲＥＭ８４５１１２３４'],
    ['with full-width digits', 'TREM ８４５１ １２３４'],
    ['with mathematical digits', 'TREM \u{1d7d6}\u{1d7d2}\u{1d7d3}\u{1d7cf} 1234'],
    ['with Arabic-Indic digits', 'TREM \u0668\u0664\u0665\u0661 \u0661\u0662\u0663\u0664'],
    ['with accents in one piece', 'C\u00d4T\u00c9 9012 3101'],
    ['with accents of their own', 'CO\u0302TE\u0301 9012 3101'],
    ['in small letters', 'trem 8451 1234'],
    ['in small letters and one piece', 'trem84511234'],
    ['in mixed letters', 'Trem 8451-1234'],
    ['with letters apart', 'T R E M 8451 1234'],
    ['with letters and points', 'T.R.E.M. 8451.1234'],
    ['with digits apart', 'TREM 8 4 5 1 1 2 3 4'],
    ['in unusual pieces', 'TREM 845 112 34'],
    ['with a comma', 'TREM, 8451, 1234'],
    ['with colons', 'TREM: 8451:1234'],
    ['with invisible signs all over', 'T\u200bR\u00adE\u2060M\u200c8\u200b4511\ufeff234'],
    ['struck through', 'TREM8451123\u0336\u0034\u0336'],
    ['with parentheses', 'TREM (8451) 1234'],
    ['of a child of 2020', 'TREM 2010 1105'],
    ['of a child of 2020 in one piece', 'TREM20111112'],
    ['of a child of 2020 after a space', 'TREM 20111112'],
    ['of a girl of 2019', 'TREM 19611112'],
    ['of a child of 2020 in small letters', 'trem20111112'],
    ['of the name of a page', 'PAGE 8451 1234'],
  ])('is noticed %s', (_, number) => {
    for (const [before, after] of [
      ['', ''],
      ['Élève ', ' 🙂'],
      ['🙂 ', ', lit 4'],
    ]) {
      const text = `${before}${number}${after}`;
      expect(found(text)).toEqual([['health-number', number]]);
      expect(masked(text)).toBe(`${before}${mask}${after}`);
    }
  });

  it.each([
    'NAM: trem 20111112',
    'Nam trem 2011-11-12',
    'N.A.M. : TREM 2011/11/12',
    'RAMQ n° TREM 2011-11-12',
    'numéro d’assurance maladie: trem 20111112',
    'assurance-maladie de la patiente : trem 20111112',
    'carte soleil trem 20111112',
    'health card number trem 20111112',
    'NAM: abcd 8451 1234 5678 9012',
  ])('is one where the text says so, whatever it looks like: «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['health-number']);
  });

  it.each([
    'patientTREM84511234',
    'lePatientTREM84511234',
    'usagèreTREM84511234',
    'namtrem84511234',
    'PATIENTtrem84511234',
    'TREM84511234à jeun',
    'lit12TREM84511234',
    'M.TREM84511234',
    'PT-TREM84511234',
    'DSN_TREM84511234',
    'ID:TREM84511234',
    'HSCM/TREM84511234',
    'Écran noir TREM84511234et rien',
    '/dossiers/TREM84511234/photo.png',
    'TREM84511234_photo.jpg',
    'TREM84511234.png',
    'trem84511234.pdf',
    '| TREM | 8451 | 1234 |',
  ])('is noticed within «%s»', (text) => {
    expect(identifierCodesIn(text)).toEqual(['health-number']);
  });

  it('is noticed as often as it is written', () => {
    const text = 'TREM84511234,TREM84511234/TREM84511234 et BOUC 0062 2912';
    expect(found(text).map(([, number]) => number)).toEqual([
      'TREM84511234',
      'TREM84511234',
      'TREM84511234',
      'BOUC 0062 2912',
    ]);
    expect(masked('TREM84511234'.repeat(100))).toBe(mask.repeat(100));
  });

  it.each([
    ...['ABCD 99999999', 'ABCD 8413 1234', 'ABCD 8463 1234', 'ABCD 8450 1234', 'ABCD 8400 1234'],
    ...['ABCD 8102 2901', 'ABCD 8404 3101', 'ABC 8451 1234', 'ABCDE 8451 1234', 'ABCD 8451 123'],
    ...['ABCD 8451 12345', 'ABCD 8451-1234-5678', 'ABCD 8451 1234 5678 9012', 'ABCD-8451-1234-5678-9012'],
    ...['TREM84511234.5', 'TREM 84511234567', '1TREM84511234'],
    // Dates and times.
    ...['paru 2010-11-05', 'paru 20101105', 'PARU 20101105', 'dès mars 2008-10-15', 'MARS 2008-10-15'],
    ...[
      'CHUM 2010-11-05',
      'CHUM 2010/11/05 13:00',
      'vers 08:10, 12:30',
      'CHUM 08:10-12:30',
      'NORD 08:10 12:30',
    ],
    ...[
      'CHUM 12/10/11 13:00',
      'CHUM 12-10-11 13h',
      'Juin 10/11/12 13 h',
      'PROD-20101105',
      'SCAN_20101105.pdf',
      'SCAN 20101105',
      'logs20101105',
      'file20101105.csv',
      'sept 2010 11 12',
    ],
    ...['TREM 2026-05-15', 'TREM 20260515', 'TREM 2026 0515', 'MAJ du 2026-05-15 0812'],
    // Rooms, tickets, quantities.
    ...[
      'lits 10 11 12 13',
      'lits 1012 1013',
      'aile nord 1012 1013',
      'hall 1012, 1013',
      'lots 10121234',
      'code 10121234',
      'fact. 10121234',
      'lits 1012\n1013\n1014',
    ],
    ...[
      'avec 10 11 12 13',
      'EQUI 2026 0515',
      'IMPR 2024-0193',
      'K7M3-QX9P',
      'billet K7M3QX9P',
      'TASK0010123',
    ],
    ...['RITM 10121234', 'PROJ-10121234', 'TASK10121234', 'prix 1001.1234', 'total 8451 1234,50'],
    // Devices.
    ...['PC-TREM84511234', 'pc-TREM84511234', 'XYZ/TREM84511234', 'v_TREM84511234', 'IMP-TREM84511234'],
    ...['S/N TREM84511234', 'S/N: TREM84511234', 'SN TREM84511234', 'sn:trem84511234', 'P/N TREM84511234'],
    ...[
      'n° de série TREM84511234',
      'N° de série : TREM84511234',
      'série TREM 8451 1234',
      'Serial TREM84511234',
    ],
    ...[
      'serial number: TREM84511234',
      'serial no. TREM84511234',
      'actif TREM84511234',
      'asset tag TREM84511234',
    ],
    ...['inventaire: TREM84511234', 'lot TREM84511234', 'modèle TREM84511234', 'imprimante-TREM84511234'],
    ...[
      'A1-TREM84511234',
      'B412-TREM84511234',
      'user@TREM84511234',
      'MAC: ABCD84511234',
      'IMEI: TREM84511234',
    ],
    ...['TREM84511234X', 'ABCD84511234FR', 'trem84511234k9'],
    // Hexadecimal, addresses, versions.
    ...[
      '0xabcd84511234',
      '0xABCD84511234',
      '00abcd84511234',
      'abcd84511234ef',
      'ABCD84511234EF',
      'beef84511234cafe',
    ],
    ...[
      'commit abcd84511234',
      'sha256: abcd84511234',
      'UUID abcd84511234',
      'abcd:8451:1234::1',
      'ABCD:8451:1234::1',
    ],
    ...['3f2504e0-abcd-8451-1234-0305e82c3301', '3F2504E0-4F89-41D3-9A0C-ABCD84511234'],
    ...['host 10.11.12.13', 'HOST 10.11.12.13', 'Edge 1001.1234', 'Java 10.11.1213', 'Word 16.0.17928.20114'],
    ...['AB:CD:84:51:12:34', 'vlan 10.11.12.13'],
  ])('is not seen in «%s»', (text) => {
    expect([text, found(text).filter(([code]) => code === 'health-number')]).toEqual([text, []]);
  });
});
