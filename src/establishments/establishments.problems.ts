import { defineProblems, Problem } from '../platform/http/problem.js';
import { localized } from '../platform/http/request-context.js';
import type { Instant } from '../shared/instant.js';
import type { Establishments } from './establishments.js';

const kinds = defineProblems({
  'unknown-establishment': {
    status: 422,
    title: { fr: 'Établissement inconnu', en: 'Unknown establishment' },
    detail: {
      fr: 'Aucun établissement ne porte ce code ni ce nom.',
      en: 'No establishment has this code or name.',
    },
  },
  'unknown-site': {
    status: 422,
    title: { fr: 'Installation inconnue', en: 'Unknown site' },
    detail: {
      fr: 'L’établissement n’a pas d’installation de ce code ni de ce nom.',
      en: 'The establishment has no site of this code or name.',
    },
  },
});

defineProblems({
  'day-not-begun': {
    status: 422,
    title: { fr: 'Journée pas encore commencée', en: 'Day not begun yet' },
    detail: {
      fr: 'Une journée qui n’a pas commencé n’a pas de chiffres. Demandez-les à partir de «beginsAt».',
      en: 'A day that has not begun has no figures. Ask for them from «beginsAt» on.',
    },
  },
});

/** The problem of a day that is still to come. */
export const dayNotBegun = (beginsAt: Instant): Problem =>
  new Problem('day-not-begun', { members: { beginsAt } });

/** The problem of a name that is nobody's; `pointer` says where the name stands. */
export const unknownPlace = (code: keyof typeof kinds, pointer: string): Problem =>
  new Problem(code, { errors: [{ pointer, message: localized(kinds[code].detail) }] });

/** The code of the establishment that `?establishment` names; undefined where it names none. */
export const codeAsked = (establishments: Establishments, name: string | undefined): string | undefined => {
  if (name === undefined) return undefined;
  const establishment = establishments.find(name);
  if (!establishment) throw unknownPlace('unknown-establishment', '?establishment');
  return establishment.code;
};
