import type { Language, Text } from '../../../shared/text/text.js';
import type { Releve } from '../../domain/bulletin.events.js';

/** The names of the relevés that the bulletin has a sentence for. */
export const releveNames = {
  'connected-users': { fr: 'Utilisateurs connectés', en: 'Connected users' },
  'accesses-done': { fr: 'Accès déjà effectués', en: 'Accesses already done' },
  'simultaneous-users': {
    fr: 'Utilisateurs connectés en simultané',
    en: 'Users connected at the same time',
  },
  'direct-prescriptions': { fr: 'Ordonnances entrées directement', en: 'Prescriptions entered directly' },
  'documented-surgeries': { fr: 'Chirurgies documentées', en: 'Surgeries documented' },
} as const satisfies Record<string, Text>;

const known: Readonly<Record<string, Text | undefined>> = releveNames;

/** The name of a relevé: its known name, else its label, else its code. */
export const releveName = ({ code, label }: Pick<Releve, 'code' | 'label'>, language: Language): string =>
  (Object.hasOwn(known, code) ? known[code]?.[language] : undefined) ?? label ?? code;
