import type { AccessCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const accessProblems: Readonly<Record<AccessCode, ProblemKind>> = {
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
  'another-person': {
    status: 412,
    title: { fr: 'Quelqu’un d’autre est connecté', en: 'Someone else is signed in' },
    detail: {
      fr: 'Rien n’a été fait: «Expected-Person» nomme une autre personne que celle qui est connectée.',
      en: 'Nothing was done: «Expected-Person» names another person than the one who is signed in.',
    },
  },
  'sign-in-failed': {
    status: 400,
    title: { fr: 'La connexion n’a pas abouti', en: 'Signing in did not succeed' },
    detail: {
      fr: 'Recommencez la connexion. Si cela se répète, signalez «correlationId».',
      en: 'Sign in again. If that happens once more, report «correlationId».',
    },
  },
  'sign-in-not-offered': {
    status: 404,
    title: { fr: 'Connexion non offerte', en: 'Signing in is not offered' },
    detail: {
      fr: 'Cette installation n’a pas de OIDC_CLIENT_ID: demandez à qui l’exploite de le régler.',
      en: 'This installation has no OIDC_CLIENT_ID: ask whoever runs it to set it.',
    },
  },
};
