import { describe, expect, it } from '@jest/globals';
import type { Contents } from '../../../bulletins/index.js';
import { bodyOf, formOf, readForm, type Fields } from './draft-form.js';
import { numberTyped, typedNumber } from './typed-number.js';

const text = '- Tout va.';
const contents: Contents = {
  ticketDay: '2026-05-15',
  weekChart: true,
  sections: {
    bilan: '# Calme\n\nUne semaine.',
    faitsSaillants: [
      { text: 'Partout.' },
      { establishment: { written: 'Mauricie-Centre-du-Québec', name: 'M' }, text },
      { establishment: { written: 'NIM', name: 'N' }, text },
    ],
  },
  releves: [
    { code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000, source: 'DSN' },
    {
      code: 'direct-prescriptions',
      day: '2026-05-15',
      value: 78.125,
      unit: '%',
      target: 90,
      targetNote: 'un jour',
    },
  ],
};

/** The fields that a browser sends for a form with these contents. */
const sent = (language: 'fr' | 'en'): Fields => {
  const { ticketDay, weekChart, bilan, objectif, highlights, releves } = formOf(contents, language);
  const rows = Object.entries({ highlights, releves }).flatMap(([group, all]) =>
    all.flatMap((row, index) =>
      Object.entries(row).map(([name, value]) => [`/${group}/${index}/${name}`, String(value)]),
    ),
  );
  const fields = {
    '/ticketDay': ticketDay,
    // A box that is not ticked is not sent.
    ...(weekChart && { '/weekChart': 'yes' }),
    '/sections/bilan': bilan,
    '/sections/objectif': objectif,
  };
  return Object.fromEntries(
    [...Object.entries(fields), ...rows].map(([name, value]) => [name, value!.replaceAll('\n', '\r\n')]),
  );
};

describe('a draft that is shown and sent back unchanged', () => {
  it.each(['fr', 'en'] as const)('stays the same draft in %s', (language) => {
    const { body } = bodyOf(readForm(sent(language)), language);
    const { sections } = contents;
    expect(body).toEqual({
      ...contents,
      sections: {
        bilan: sections.bilan,
        faitsSaillants: [
          { text: 'Partout.' },
          { establishment: 'Mauricie-Centre-du-Québec', text },
          { establishment: 'NIM', text },
        ],
      },
    });
  });

  it('has one row for a text about several establishments', () => {
    expect(formOf(contents, 'fr').highlights).toEqual([
      { establishments: '', text: 'Partout.' },
      { establishments: 'Mauricie-Centre-du-Québec; NIM', text },
    ]);
  });
});

describe('a typed draft', () => {
  const releves = (fields: Fields) => readForm(fields).releves;

  it('leaves out rows in which nothing was typed, and offered relevés without a value', () => {
    expect(releves({ '/releves/0/label': ' ', '/releves/0/value': '' })).toEqual([]);
    expect(
      releves({
        '/releves/0/code': 'connected-users',
        '/releves/0/day': '2026-05-16',
      }),
    ).toEqual([]);
    expect(readForm({ '/highlights/0/establishments': '', '/highlights/0/text': '\r\n' }).highlights).toEqual(
      [],
    );
  });

  it('keeps everything else that was typed, even if it is invalid', () => {
    expect(releves({ '/releves/7/label': 'Formations' })).toMatchObject([{ label: 'Formations', value: '' }]);
    const form = readForm({ '/releves/3/code': 'x', '/releves/3/value': 'beaucoup' });
    expect(bodyOf(form, 'fr').body).toMatchObject({ releves: [{ code: 'x', value: 'beaucoup' }] });
  });

  it('has the characters that Windows-1252 was meant to be', () => {
    expect(readForm({ '/sections/bilan': 'L\u0092\u0152uvre \u0096 a' }).bilan).toBe('L’Œuvre – a');
  });

  it('gets the code of a relevé from its name', () => {
    const named = (label: string) =>
      bodyOf(readForm({ '/releves/0/label': label, '/releves/0/value': '1' }), 'fr').body as Contents;
    expect(named('Formations données (h)').releves).toMatchObject([
      { code: 'formations-donnees-h', label: 'Formations données (h)' },
    ]);
    expect(named('chirurgies documentees').releves).toEqual([
      { code: 'documented-surgeries', day: '', value: 1 },
    ]);
  });

  it('maps each part of the body to the field it came from', () => {
    const { fieldOf } = bodyOf(formOf(contents, 'fr'), 'fr');
    expect(fieldOf('/sections/faitsSaillants/2/establishment')).toBe('/highlights/1/establishments');
    expect(fieldOf('/sections/faitsSaillants/1/text')).toBe('/highlights/1/text');
    expect(fieldOf('/releves/1/value')).toBe('/releves/1/value');
    expect(fieldOf('/releves/1/code')).toBe('/releves/1/label');
  });
});

describe('a number', () => {
  it.each([
    ['fr', '23 431', 23_431],
    ['fr', '23\u00A0431', 23_431],
    ['fr', '23\u202F431', 23_431],
    ['fr', '78,1', 78.1],
    ['fr', '78,1 %', 78.1],
    ['fr', '78.1', 78.1],
    ['en', '23,431', 23_431],
    ['en', '1,234,567.5', 1_234_567.5],
    ['en', '78,1', 78.1],
    ['fr', '23.43', 23.43],
    ['fr', '23.431', undefined],
    ['fr', '1.234.567', undefined],
    ['fr', '1.234,5', undefined],
    ['fr', '23,431', 23.431],
    ['en', '23.431', 23.431],
    ['fr', '1,2,3', undefined],
    ['fr', '-1', undefined],
    ['fr', 'douze', undefined],
    ['fr', '', undefined],
    ['fr', '1e3', undefined],
  ] as const)('typed in %s as «%s» is read as %s', (language, typed, value) => {
    expect(numberTyped(typed, language)).toBe(value);
  });

  it.each([0, 5, 1_107, 23_431, 78.125, 0.1, 1_234_567.891, Number.MAX_SAFE_INTEGER])(
    'is written so that it is read as the same number: %d',
    (value) => {
      for (const language of ['fr', 'en'] as const) {
        expect(numberTyped(typedNumber(value, language), language)).toBe(value);
      }
    },
  );
});
