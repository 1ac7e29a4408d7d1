import { releveNames } from '../../../../bulletins/index.js';
import { normalizeName } from '../../../../establishments/index.js';
import { foldText } from '../../../../shared/text/fold-text.js';
import { languages, type Text } from '../../../../shared/text/text.js';

/** The relevés that the bulletin has a sentence for: their names on these pages, their units, and the days they are usually of. */
export const knownReleves: readonly {
  code: string;
  name: Text;
  unit?: string;
  on: 'day-before' | 'ticket-day';
}[] = [
  {
    code: 'connected-users',
    name: releveNames['connected-users'],
    on: 'day-before',
  },
  {
    code: 'accesses-done',
    name: releveNames['accesses-done'],
    unit: '%',
    on: 'day-before',
  },
  {
    code: 'simultaneous-users',
    name: releveNames['simultaneous-users'],
    on: 'day-before',
  },
  {
    code: 'direct-prescriptions',
    name: releveNames['direct-prescriptions'],
    unit: '%',
    on: 'ticket-day',
  },
  {
    code: 'documented-surgeries',
    name: releveNames['documented-surgeries'],
    on: 'ticket-day',
  },
];

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
