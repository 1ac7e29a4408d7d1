import { isDeepStrictEqual } from 'node:util';
import type { Releve } from '../../../../bulletins/index.js';
import { languages, type Language } from '../../../../shared/text/text.js';
import { numberTyped } from '../typed-number.js';
import { codeOfName } from '../releves/known-releves.js';

type Groups = Readonly<Record<string, string | undefined>>;
type Reading = Pick<Releve, 'code'> & { unit?: '%' };

const number = (name: string): string => `(?<${name}>\\d[\\d\\s.,]*?)`;
const ofTotal = `(?: sur (?:un )?total de ${number('total')})?`;
const outOf = `(?: of a total of ${number('total')})?`;
const target = `(?: Cible de ${number('target')} ?%(?: (?<targetNote>.+?))?\\.?)?`;
const aim = `(?: Target of ${number('target')} ?%(?: (?<targetNote>.+?))?\\.?)?`;

/** The sentences in which the bulletin prints relevés, read back: the real bulletin's own words. */
const sentences: Record<Language, readonly (Reading & { sentence: string })[]> = {
  fr: [
    {
      code: 'connected-users',
      sentence: `nombre d'utilisateurs connectés au dsn ?: ${number('value')}${ofTotal}\\.?`,
    },
    { code: 'accesses-done', unit: '%', sentence: `${number('value')} ?% des accès déjà effectués\\.?` },
    {
      code: 'simultaneous-users',
      sentence: `${number('value')} utilisateurs connectés en simultané(?:,? durant cette période)?\\.?`,
    },
    {
      code: 'direct-prescriptions',
      unit: '%',
      sentence: `${number('value')} ?% des ordonnances ont été entrées directement dans le dsn\\.?${target}`,
    },
    {
      code: 'documented-surgeries',
      sentence: `${number('value')} chirurgies documentées dans le dsn(?: durant la journée)?\\.?`,
    },
  ],
  en: [
    {
      code: 'connected-users',
      sentence: `number of users connected to the dsn ?: ${number('value')}${outOf}\\.?`,
    },
    { code: 'accesses-done', unit: '%', sentence: `${number('value')} ?% of accesses already done\\.?` },
    {
      code: 'simultaneous-users',
      sentence: `${number('value')} users connected at the same time(?: during this period)?\\.?`,
    },
    {
      code: 'direct-prescriptions',
      unit: '%',
      sentence: `${number('value')} ?% of prescriptions were entered directly in the dsn\\.?${aim}`,
    },
    {
      code: 'documented-surgeries',
      sentence: `${number('value')} surgeries documented in the dsn(?: during the day)?\\.?`,
    },
  ],
};

const patterns = languages.flatMap((language) =>
  sentences[language].map(({ sentence, ...reading }) => ({ language, pattern: whole(sentence), reading })),
);

function whole(sentence: string): RegExp {
  return new RegExp(`^${sentence}$`, 'iu');
}

const source = / \(Source ?: ([^()]+)\)/i;

/** The relevé that a line of a bulletin tells of; undefined where the line tells of none, or has a number that may be meant in two ways. */
export const pastedReleve = (line: string, day: string): Releve | undefined => {
  const written = line
    .replace(/\*\*|__/g, '')
    .replace(/[’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const from = source.exec(written)?.[1];
  const sentence = written.replace(source, '');
  const releve = sentenceReleve(sentence, day) ?? labelledReleve(sentence, day);
  return releve && { ...releve, ...(from !== undefined && { source: from }) };
};

const sentenceReleve = (sentence: string, day: string): Releve | undefined => {
  for (const { language, pattern, reading } of patterns) {
    const groups = pattern.exec(sentence)?.groups;
    const numbers = groups && numbersOf(groups, language);
    if (numbers) return { ...reading, day, ...numbers, ...noteOf(groups) };
  }
  return undefined;
};

const labelAndRest = /^([^:]+?) ?: ?(\d.*)$/;
const quantity = /^\d(?:[\d .,]*\d)?(?: ?(?<unit>%|(?!(?:sur|of) )\p{L}[\p{L}/]*))?/u;

/** «Formations données : 120 h sur total de 200 h (60 %). Cible de 150 h selon le plan.» */
const labelledReleve = (sentence: string, day: string): Releve | undefined => {
  const [, label, rest = ''] = labelAndRest.exec(sentence) ?? [];
  const unit = quantity.exec(rest)?.groups?.unit;
  if (label === undefined) return undefined;
  const inUnit = unit === undefined ? '' : ` ?${unit}`;
  const groups = new RegExp(
    `^${number('value')}${inUnit}(?: (?:sur (?:un )?total de|of a total of) ${number('total')}${inUnit}(?: \\([^()]*%\\))?)?\\.?` +
      `(?: (?:Cible de|Target of) ${number('target')}${inUnit}(?: (?<targetNote>.+?))?\\.?)?$`,
    'iu',
  ).exec(rest)?.groups;
  const [french, english] = languages.map((language) => groups && numbersOf(groups, language));
  // Nothing but its numbers says which language such a line is in.
  if (!groups || !french || !isDeepStrictEqual(french, english)) return undefined;
  return { code: codeOfName(label), label, day, ...french, ...(unit && { unit }), ...noteOf(groups) };
};

const numbersOf = (
  groups: Groups,
  language: Language,
): Pick<Releve, 'value' | 'total' | 'target'> | undefined => {
  const given = (['value', 'total', 'target'] as const).filter((name) => groups[name] !== undefined);
  const read = given.map((name) => [name, numberTyped(groups[name] ?? '', language)] as const);
  return read.some(([, value]) => value === undefined)
    ? undefined
    : (Object.fromEntries(read) as Pick<Releve, 'value' | 'total' | 'target'>);
};

const noteOf = ({ targetNote }: Groups): { targetNote?: string } => (targetNote ? { targetNote } : {});
