import type { Language } from '../../../shared/text/text.js';
import type { Releve } from '../../domain/bulletin.events.js';
import { percentOf } from '../../domain/percent.js';
import type { Span } from './blocks.js';
import { capitalized, numberIn, percentIn, quantityIn } from '../../../calendar/formatting.js';
import { labelled } from './words.js';

type Sentence = (releve: Releve, among: readonly Releve[]) => Span[][];

const bold = (text: string): Span => ({ text, bold: true });

const accesses = (language: Language, percent: number): Span[] =>
  language === 'fr'
    ? [bold(percentIn('fr', percent)), { text: ' des accès déjà effectués.' }]
    : [bold(percentIn('en', percent)), { text: ' of accesses already done.' }];

/** Connected users with their total, and their percentage as «accesses already done», unless `accesses-done` is a relevé of that day. */
const connectedUsers =
  (language: Language): Sentence =>
  (releve, among) => {
    const label =
      language === 'fr'
        ? "Nombre d'utilisateurs connectés au DSN : "
        : 'Number of users connected to the DSN: ';
    const part = language === 'fr' ? ' sur total de ' : ' of a total of ';
    const { value, total } = releve;
    const percent = percentOf(releve);
    const ofTotal = total === undefined ? '' : `${part}${numberIn(language, total)}`;
    const hasItsOwn = among.some(({ code, day }) => code === 'accesses-done' && day === releve.day);
    return [
      [{ text: label }, bold(numberIn(language, value)), { text: `${ofTotal}.` }],
      ...(percent === undefined || hasItsOwn ? [] : [accesses(language, percent)]),
    ];
  };

const target = (
  language: Language,
  { target: aim, targetNote }: Releve,
  unit: string | undefined,
): string => {
  if (aim === undefined) return '';
  const note = targetNote === undefined ? '' : ` ${targetNote}`;
  const words = language === 'fr' ? 'Cible de' : 'Target of';
  return ` ${words} ${quantityIn(language, aim, unit)}${note}.`;
};

/** A relevé's value: as a percentage where it is one or has a total, as a plain number otherwise. */
const share = (language: Language, releve: Releve): string => {
  const percent = releve.unit === '%' ? releve.value : percentOf(releve);
  return percent === undefined ? numberIn(language, releve.value) : percentIn(language, percent);
};

const sentences: Record<Language, Record<string, Sentence>> = {
  fr: {
    'connected-users': connectedUsers('fr'),
    'accesses-done': (releve) => [[bold(share('fr', releve)), { text: ' des accès déjà effectués.' }]],
    'simultaneous-users': ({ value }) => [
      [{ text: `${numberIn('fr', value)} utilisateurs connectés en simultané, durant cette période.` }],
    ],
    'direct-prescriptions': (releve) => [
      [
        bold(share('fr', releve)),
        {
          text: ` des ordonnances ont été entrées directement dans le DSN.${target('fr', releve, '%')}`,
        },
      ],
    ],
    'documented-surgeries': ({ value }) => [
      [bold(numberIn('fr', value)), { text: ' chirurgies documentées dans le DSN durant la journée.' }],
    ],
  },
  en: {
    'connected-users': connectedUsers('en'),
    'accesses-done': (releve) => [[bold(share('en', releve)), { text: ' of accesses already done.' }]],
    'simultaneous-users': ({ value }) => [
      [{ text: `${numberIn('en', value)} users connected at the same time during this period.` }],
    ],
    'direct-prescriptions': (releve) => [
      [
        bold(share('en', releve)),
        { text: ` of prescriptions were entered directly in the DSN.${target('en', releve, '%')}` },
      ],
    ],
    'documented-surgeries': ({ value }) => [
      [bold(numberIn('en', value)), { text: ' surgeries documented in the DSN during the day.' }],
    ],
  },
};

/** The printed lines of a relevé; `among` are all relevés of the bulletin. */
export const releveLines = (language: Language, releve: Releve, among: readonly Releve[]): Span[][] =>
  sentences[language][releve.code]?.(releve, among) ?? [plainLine(language, releve)];

/** The line of a relevé without a sentence: label, value, total with percentage, and target. */
const plainLine = (language: Language, releve: Releve): Span[] => {
  const { code, label = capitalized(code.replaceAll('-', ' ')), value, total, unit } = releve;
  const percent = percentOf(releve);
  const of = language === 'fr' ? ' sur total de ' : ' of a total of ';
  const part =
    total === undefined || percent === undefined
      ? ''
      : `${of}${quantityIn(language, total, unit)} (${percentIn(language, percent)})`;
  return [
    { text: labelled(language, label, '') },
    bold(quantityIn(language, value, unit)),
    { text: `${part}.${target(language, releve, unit)}` },
  ];
};
