import type { PreferenceCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

const tooMany = (what: { fr: string; en: string }): ProblemKind => ({
  status: 409,
  title: { fr: `Trop de ${what.fr}`, en: `Too many ${what.en}` },
  detail: {
    fr: `Supprimez des ${what.fr} qui ne servent plus: une personne en garde un nombre limité.`,
    en: 'Delete some that you no longer use: how many a person may keep is limited.',
  },
});

export const preferenceProblems: Readonly<Record<PreferenceCode, ProblemKind>> = {
  'view-not-found': {
    status: 404,
    title: { fr: 'Vue introuvable', en: 'View not found' },
    detail: {
      fr: 'Aucune vue que vous pouvez voir n’a cet identifiant: choisissez-en une dans la liste des vues.',
      en: 'No view that you may see has this id: choose one from the list of views.',
    },
  },
  'template-not-found': {
    status: 404,
    title: { fr: 'Modèle introuvable', en: 'Template not found' },
    detail: {
      fr: 'Aucun modèle que vous pouvez voir n’a cet identifiant: choisissez-en un dans la liste des modèles.',
      en: 'No template that you may see has this id: choose one from the list of templates.',
    },
  },
  'not-the-author': {
    status: 403,
    title: { fr: 'C’est à quelqu’un d’autre', en: 'It is somebody else’s' },
    detail: {
      fr: 'Seule la personne qui l’a enregistré le change ou le supprime. Enregistrez le vôtre sous un nouvel identifiant.',
      en: 'Only the person who saved it changes or deletes it. Save one of your own under a new id.',
    },
  },
  'view-built-in': {
    status: 403,
    title: { fr: 'Cette file est celle de tout le monde', en: 'This queue is everybody’s' },
    detail: {
      fr: 'Les files fournies ne se changent pas. Enregistrez une vue à vous, avec un UUID pour identifiant.',
      en: 'Built-in queues do not change. Save a view of your own, with a UUID for its id.',
    },
  },
  'too-many-views': tooMany({ fr: 'vues', en: 'views' }),
  'too-many-templates': tooMany({ fr: 'modèles', en: 'templates' }),
};
