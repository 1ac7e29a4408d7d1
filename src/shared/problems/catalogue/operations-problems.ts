import type { OperationsCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const operationsProblems: Readonly<Record<OperationsCode, ProblemKind>> = {
  'projection-not-found': {
    status: 404,
    title: { fr: 'Projection inconnue', en: 'No such projection' },
    detail: {
      fr: 'GET /v1/admin/projections donne le nom de chacune.',
      en: 'GET /v1/admin/projections names each of them.',
    },
  },
  'rebuild-under-way': {
    status: 409,
    title: { fr: 'Reconstruction déjà en cours', en: 'A rebuild is under way already' },
    detail: {
      fr: 'Suivez-la par GET /v1/admin/projections/{name}, ou annulez-la par DELETE …/rebuild.',
      en: 'Follow it with GET /v1/admin/projections/{name}, or cancel it with DELETE …/rebuild.',
    },
  },
  'no-rebuild': {
    status: 409,
    title: { fr: 'Aucune reconstruction en cours', en: 'No rebuild is under way' },
    detail: {
      fr: 'Elle a pris fin, ou n’a pas commencé: GET /v1/admin/projections/{name} le dit.',
      en: 'It has ended, or never began: GET /v1/admin/projections/{name} tells.',
    },
  },
  'newer-version-served': {
    status: 409,
    title: { fr: 'Une version plus récente est servie', en: 'A newer version is served' },
    detail: {
      fr: 'Ce serveur est plus ancien que ce qui est servi: demandez-le à un serveur à jour.',
      en: 'This server is older than what is served: ask one that is up to date.',
    },
  },
  'dead-letter-not-found': {
    status: 404,
    title: { fr: 'Événement mis de côté introuvable', en: 'No such dead letter' },
    detail: {
      fr: 'Il a été appliqué entre-temps, ou n’existe pas: GET /v1/admin/dead-letters donne ceux qui restent.',
      en: 'It has been applied meanwhile, or never was: GET /v1/admin/dead-letters lists those that remain.',
    },
  },
  'still-failing': {
    status: 409,
    title: { fr: 'L’événement ne peut toujours pas être appliqué', en: 'The event still can’t be applied' },
    detail: {
      fr: '«error» dit pourquoi. Corrigez la cause (souvent: mettez le serveur à jour), puis réessayez; rien n’est perdu.',
      en: '«error» says why. Mend the cause (often: update the server), then retry; nothing is lost.',
    },
  },
  'no-leader': {
    status: 503,
    title: { fr: 'Aucun serveur n’applique les événements', en: 'No server applies events' },
    detail: {
      fr: 'Démarrez un serveur dont ROLES contient «projections»; ce qui a été demandé sera alors fait.',
      en: 'Start a server whose ROLES include «projections»; what was asked for will then be done.',
    },
  },
};
