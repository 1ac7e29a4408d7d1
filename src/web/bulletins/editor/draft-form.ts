import type { Contents, HighlightText, Releve } from '../../../bulletins/index.js';
import type { Language } from '../../../shared/text/text.js';
import { codeOfName, isKnownReleve } from './releves/known-releves.js';
import { withWindowsCharacters } from './pasted/windows-1252.js';
import { numberTyped, typedNumber } from './typed-number.js';

/** The fields of a relevé, in the order of the form. */
export const releveFields = [
  'code',
  'label',
  'day',
  'value',
  'total',
  'unit',
  'target',
  'targetNote',
  'source',
] as const;
export type ReleveField = (typeof releveFields)[number];

/** A relevé as typed. One with a code is a relevé that the page offered; it is left out where it has neither value nor total. */
export type ReleveRow = Readonly<Record<ReleveField, string>>;

/** A highlight as typed: establishments separated by semicolons, or none for all of them, and the text. */
export interface HighlightRow {
  establishments: string;
  text: string;
}

/** A draft as typed. */
export interface DraftForm {
  ticketDay: string;
  /** The chart of the week is shown. */
  weekChart: boolean;
  bilan: string;
  objectif: string;
  highlights: readonly HighlightRow[];
  releves: readonly ReleveRow[];
}

export type Fields = Readonly<Record<string, string>>;

// From a bulletin ---------------------------------------------------------------------------------------------

/** The form's fields for these contents. */
export const formOf = (
  { ticketDay, weekChart, sections, releves }: Contents,
  language: Language,
): DraftForm => ({
  ticketDay,
  weekChart: weekChart ?? false,
  bilan: sections.bilan ?? '',
  objectif: sections.objectif ?? '',
  highlights: highlightRows(sections.faitsSaillants ?? []),
  releves: releves.map((releve) => releveRow(releve, language)),
});

const separator = ';';

/** The rows of the highlights; successive highlights with the same text are one row. */
const highlightRows = (highlights: readonly HighlightText[]): HighlightRow[] => {
  const rows: HighlightRow[] = [];
  for (const { establishment, text } of highlights) {
    const last = rows.at(-1);
    const isTheSame = last?.text === text && last.establishments !== '' && establishment !== undefined;
    if (isTheSame) last.establishments += `${separator} ${establishment.written}`;
    else rows.push({ establishments: establishment?.written ?? '', text });
  }
  return rows;
};

export const releveRow = (releve: Partial<Releve>, language: Language): ReleveRow => ({
  code: releve.code ?? '',
  label: releve.label ?? '',
  day: releve.day ?? '',
  value: typedNumber(releve.value, language),
  total: typedNumber(releve.total, language),
  unit: releve.unit ?? '',
  target: typedNumber(releve.target, language),
  targetNote: releve.targetNote ?? '',
  source: releve.source ?? '',
});

// From a page -------------------------------------------------------------------------------------------------

/** The draft in the fields that the page's form sent; rows in which nothing was typed are dropped. */
export const readForm = (fields: Fields): DraftForm => {
  const field = (name: string): string => fields[name] ?? '';
  return {
    ticketDay: field('/ticketDay').trim(),
    weekChart: field('/weekChart') !== '',
    bilan: written(field('/sections/bilan')),
    objectif: written(field('/sections/objectif')),
    highlights: rowsOf(fields, 'highlights')
      .map((row) => ({ establishments: (row.establishments ?? '').trim(), text: written(row.text ?? '') }))
      .filter(({ establishments, text }) => `${establishments}${text}` !== ''),
    releves: rowsOf(fields, 'releves').map(typedReleve).filter(isTyped),
  };
};

/** A typed text with LF between lines, since browsers send CR LF, and with the characters that were pasted as those of another encoding. */
const written = (text: string): string => withWindowsCharacters(text.replaceAll('\r\n', '\n')).trim();

const maxRows = 200;

/** The fields `/group/<row>/<name>` of a group, as one record for each row. */
const rowsOf = (fields: Fields, group: string): Fields[] => {
  const rows: Record<string, string>[] = [];
  for (const [key, value] of Object.entries(fields)) {
    const [, named, row = '', name = ''] = /^\/(\w+)\/(\d{1,3})\/(\w+)$/.exec(key) ?? [];
    if (named === group && Number(row) < maxRows) (rows[Number(row)] ??= {})[name] = value;
  }
  return Object.values(rows);
};

const typedReleve = (row: Fields): ReleveRow =>
  Object.fromEntries(releveFields.map((name) => [name, (row[name] ?? '').trim()])) as ReleveRow;

const isTyped = (row: ReleveRow): boolean =>
  row.code === '' ? releveFields.some((name) => row[name] !== '') : `${row.value}${row.total}` !== '';

// To a draft --------------------------------------------------------------------------------------------------

interface DraftProblem {
  establishment: string | undefined;
  text: string;
  /** The row in which it was typed. */
  row: number;
}

/** The body that the API would take for this form, and the form field of each of its members by JSON pointer. */
export const bodyOf = (
  form: DraftForm,
  language: Language,
): { body: unknown; fieldOf: (pointer: string) => string } => {
  const highlights = form.highlights.flatMap(({ establishments, text }, row): DraftProblem[] => {
    const names = establishments.split(separator).map((name) => name.trim());
    const named = names.filter(Boolean).map((establishment) => ({ establishment, text, row }));
    return named.length === 0 ? [{ establishment: undefined, text, row }] : named;
  });
  const body = {
    ticketDay: form.ticketDay,
    ...(form.weekChart && { weekChart: true }),
    sections: {
      ...(form.bilan && { bilan: form.bilan }),
      ...(form.objectif && { objectif: form.objectif }),
      ...(highlights.length > 0 && {
        faitsSaillants: highlights.map(({ establishment, text }) => ({
          ...(establishment && { establishment }),
          text,
        })),
      }),
    },
    releves: form.releves.map((row) => releveBody(row, language)),
  };
  const fieldOf = (pointer: string): string => {
    const [, index, member] = /^\/sections\/faitsSaillants\/(\d+)\/(\w+)$/.exec(pointer) ?? [];
    // An error in a code is shown at the label: the code is made from the label, and the form does not show it.
    if (index === undefined) return pointer.replace(/^(\/releves\/\d+)\/code$/, '$1/label');
    const row = highlights[Number(index)]?.row ?? 0;
    return `/highlights/${row}/${member === 'text' ? 'text' : 'establishments'}`;
  };
  return { body, fieldOf };
};

/** A relevé of the body. Text that is no number stays text, so that the schema refuses it. */
const releveBody = (row: ReleveRow, language: Language): Record<string, string | number> => {
  const number = (typed: string) => numberTyped(typed, language) ?? typed;
  const { day, value, total, target, unit, targetNote, source } = row;
  const code = row.code || codeOfName(row.label);
  const label = isKnownReleve(code) ? '' : row.label;
  const optional = {
    total: total && number(total),
    target: target && number(target),
    unit,
    targetNote,
    source,
    label,
  };
  const given = Object.entries(optional).filter(([, typed]) => typed !== '');
  return { code, day, value: number(value), ...Object.fromEntries(given) };
};
