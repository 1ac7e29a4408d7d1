import { defineProblems } from '../platform/http/problem.js';

defineProblems({
  unauthenticated: {
    status: 401,
    title: { fr: 'Jeton absent ou refusé', en: 'Token missing or refused' },
    detail: {
      fr: 'Envoyez «Authorization: Bearer <jeton>» avec un jeton valide et non expiré.',
      en: 'Send «Authorization: Bearer <token>» with a valid token that has not expired.',
    },
  },
  'role-not-allowed': {
    status: 403,
    title: { fr: 'Votre rôle ne le permet pas', en: 'Your role does not allow it' },
    detail: {
      fr: 'Demandez à quelqu’un dont le rôle le permet, ou un jeton qui porte ce rôle.',
      en: 'Ask someone whose role allows it, or get a token that carries this role.',
    },
  },
  'establishment-not-yours': {
    status: 403,
    title: { fr: 'Pas un de vos établissements', en: 'Not one of your establishments' },
    detail: {
      fr: 'Le billet appartient à un établissement que votre jeton ne nomme pas.',
      en: 'The ticket belongs to an establishment that your token does not name.',
    },
  },
});
