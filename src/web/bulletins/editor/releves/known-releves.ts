import type { Releve } from '../../../../bulletins/index.js';
import { normalizeName } from '../../../../establishments/index.js';
import { foldText } from '../../../../shared/fold-text.js';
import { languages, type Language, type Text } from '../../../../shared/text.js';

/** The relevés that the bulletin has a sentence for: their names on these pages, their units, and the days they are usually of. */
export const knownReleves: readonly {
  code: string;
  name: Text;
  unit?: string;
  on: 'day-before' | 'ticket-day';
}[] = [
  {
    code: 'connected-users',
    name: { fr: 'Utilisateurs connectés', en: 'Connected users' },
    on: 'day-before',
  },
  {
    code: 'accesses-done',
    name: { fr: 'Accès déjà effectués', en: 'Accesses already done' },
    unit: '%',
    on: 'day-before',
  },
  {
    code: 'simultaneous-users',
    name: { fr: 'Utilisateurs connectés en simultané', en: 'Users connected at the same time' },
    on: 'day-before',
  },
  {
    code: 'direct-prescriptions',
    name: { fr: 'Ordonnances entrées directement', en: 'Prescriptions entered directly' },
    unit: '%',
    on: 'ticket-day',
  },
  {
    code: 'documented-surgeries',
    name: { fr: 'Chirurgies documentées', en: 'Surgeries documented' },
    on: 'ticket-day',
  },
];

/** The name of a relevé on these pages: its known name, else its label, else its code. */
export const releveName = ({ code, label }: Pick<Releve, 'code' | 'label'>, language: Language): string =>
  knownReleves.find((known) => known.code === code)?.name[language] ?? label ?? code;

export const isKnownReleve = (code: string): boolean => knownReleves.some((known) => known.code === code);

const maxCodeLength = 60;

/** The code for a relevé's name: that of the known relevé, else one made from the name: «Formations données», `formations-donnees`. */
export const codeOfName = (name: string): string =>
  knownReleves.find((known) =>
    languages.some((language) => normalizeName(known.name[language]) === normalizeName(name)),
  )?.code ??
  foldText(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maxCodeLength)
    .replace(/^-|-$/g, '');
