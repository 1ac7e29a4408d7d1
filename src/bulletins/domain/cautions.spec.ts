import { describe, expect, it } from '@jest/globals';
import { contents } from '../testing/bulletins.js';
import { cautionsBefore, type BeforePublication } from './cautions.js';

const sections = { bilan: 'Calme.', faitsSaillants: [{ text: 'Rien.' }], objectif: 'Poursuivre.' };
const before = (changes: Partial<BeforePublication> = {}): BeforePublication => ({
  ...{
    date: '2026-05-17',
    today: '2026-05-17',
    opened: 12,
    publishedBy: undefined,
    last: undefined,
    unprintable: [],
  },
  contents: contents({ sections }),
  ...changes,
});
const releve = { code: 'connected-users', day: '2026-05-16', value: 1 };

describe('the cautions before a publication', () => {
  it.each<[string, Partial<BeforePublication>]>([
    ['a bulletin of today', {}],
    ['one that is written the evening before', { today: '2026-05-16' }],
    ['one of a day that is long over', { today: '2026-09-01' }],
    ['one of Tuesday after a long weekend', { date: '2026-05-22', today: '2026-05-22' }],
    [
      'texts of which only some are new, where none is the same',
      { last: { date: '2026-05-16', contents: contents() } },
    ],
  ])('are none for %s', (_what, changes) => {
    expect(cautionsBefore(before(changes))).toEqual([]);
  });

  it.each<[string, Partial<BeforePublication>, object[]]>([
    [
      'a bulletin dated a year ahead',
      { date: '2027-05-17' },
      [
        { kind: 'dated-ahead', days: 365 },
        { kind: 'far-from-ticket-day', days: 367 },
      ],
    ],
    ['a bulletin of the day after tomorrow', { today: '2026-05-15' }, [{ kind: 'dated-ahead', days: 2 }]],
    [
      'a bulletin of more than a week later',
      { date: '2026-05-23', today: '2026-05-23' },
      [{ kind: 'far-from-ticket-day', days: 8 }],
    ],
    [
      'a ticket day that another one published',
      { publishedBy: '2026-05-16' },
      [{ kind: 'ticket-day-published', bulletin: '2026-05-16' }],
    ],
    ['a day on which no ticket was opened', { opened: 0 }, [{ kind: 'no-tickets' }]],
    ...['# \n\n---\n\n<!-- rien -->', '&nbsp;', '-', '**  **', '> \n1.'].map(
      (bilan): [string, Partial<BeforePublication>, object[]] => [
        `a section that prints no word: ${JSON.stringify(bilan)}`,
        { contents: contents({ sections: { ...sections, bilan, faitsSaillants: [{ text: bilan }] } }) },
        [{ kind: 'empty-sections', sections: ['bilan', 'faitsSaillants'] }],
      ],
    ),
    ['a bulletin without a word', { contents: contents({ sections: {} }) }, [{ kind: 'nothing-written' }]],
    [
      'an empty list of highlights',
      { contents: contents({ sections: { ...sections, faitsSaillants: [] } }) },
      [{ kind: 'empty-sections', sections: ['faitsSaillants'] }],
    ],
    [
      'other figures alone',
      { contents: contents({ sections: {}, releves: [releve] }) },
      [{ kind: 'empty-sections', sections: ['bilan', 'faitsSaillants', 'objectif'] }],
    ],
    [
      'texts of the bulletin before',
      {
        last: { date: '2026-05-16', contents: contents({ sections: { ...sections, bilan: 'Autre.' } }) },
      },
      [{ kind: 'texts-unchanged', sections: ['faitsSaillants', 'objectif'], since: '2026-05-16' }],
    ],
    [
      'a health insurance number, in a section and beside a figure',
      {
        contents: contents({
          sections: { ...sections, faitsSaillants: [{ text: 'Le dossier TREM84511234 est ouvert.' }] },
          releves: [{ ...releve, source: 'NAM TREM 8451 1234' }],
        }),
      },
      [{ kind: 'health-numbers', parts: ['faitsSaillants', 'releves'] }],
    ],
    [
      'what the PDF cannot print',
      { unprintable: [{ character: '日', part: 'bilan', around: '日' }] },
      [{ kind: 'unprintable', characters: [{ character: '日', part: 'bilan', around: '日' }] }],
    ],
  ])('tell of %s', (_what, changes, cautions) => {
    expect(cautionsBefore(before(changes))).toEqual(cautions);
  });
});
