import type { EstablishmentCode, FiguresCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const figuresProblems: Readonly<Record<EstablishmentCode | FiguresCode, ProblemKind>> = {
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
  'day-not-begun': {
    status: 422,
    title: { fr: 'Journée pas encore commencée', en: 'Day not begun yet' },
    detail: {
      fr: 'Une journée qui n’a pas commencé n’a pas de chiffres. Demandez-les à partir de «beginsAt».',
      en: 'A day that has not begun has no figures. Ask for them from «beginsAt» on.',
    },
  },
  'not-known-yet': {
    status: 422,
    title: { fr: 'Pas encore connu', en: 'Not known yet' },
    detail: {
      fr: 'Demandez un instant passé, ou une position que le journal a atteinte («position» d’une réponse, ou son en-tête «Position»).',
      en: 'Ask for an instant that has passed, or a position that the log has reached (an answer’s «position», or its «Position» header).',
    },
  },
};
