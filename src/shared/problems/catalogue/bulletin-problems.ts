import type { BulletinCode, BulletinRefusalCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const bulletinProblems: Readonly<Record<BulletinCode | BulletinRefusalCode, ProblemKind>> = {
  'bulletin-not-found': {
    status: 404,
    title: { fr: 'Bulletin introuvable', en: 'Bulletin not found' },
    detail: {
      fr: 'Rien n’a été écrit pour cette date. Écrivez d’abord l’ébauche: PUT /v1/bulletins/{date}.',
      en: 'Nothing was written for this date. Write the draft first: PUT /v1/bulletins/{date}.',
    },
  },
  'ticket-day-after-bulletin': {
    status: 422,
    title: { fr: 'Jour des billets après le bulletin', en: 'Ticket day after the bulletin' },
    detail: {
      fr: '«ticketDay» doit être la date du bulletin ou un jour d’avant.',
      en: '«ticketDay» must be the bulletin’s date or a day before it.',
    },
  },
  'releve-after-bulletin': {
    status: 422,
    title: { fr: 'Relevé d’après le bulletin', en: 'Relevé from after the bulletin' },
    detail: {
      fr: 'Le jour d’un relevé doit être la date du bulletin ou un jour d’avant.',
      en: 'The day of a relevé must be the bulletin’s date or a day before it.',
    },
  },
  'ticket-day-published': {
    status: 409,
    title: { fr: 'Jour des billets déjà publié', en: 'Ticket day already published' },
    detail: {
      fr: 'Une révision corrige le jour publié, que «ticketDay» nomme ici; un autre jour demande un autre bulletin.',
      en: 'A revision corrects the day that was published, which «ticketDay» names here; another day needs another bulletin.',
    },
  },
  'already-published': {
    status: 409,
    title: { fr: 'Déjà publié', en: 'Already published' },
    detail: {
      fr: 'Le bulletin est publié, et l’ébauche a changé depuis. Publiez-la comme révision: POST …/revise.',
      en: 'The bulletin is published, and the draft has changed since. Publish it as a revision: POST …/revise.',
    },
  },
  'not-published': {
    status: 409,
    title: { fr: 'Pas encore publié', en: 'Not published yet' },
    detail: {
      fr: 'Seul un bulletin publié se révise ou se retire. Publiez-le d’abord, POST …/publish, ou supprimez l’ébauche.',
      en: 'Only a published bulletin can be revised or withdrawn. Publish it first, POST …/publish, or delete the draft.',
    },
  },
  'bulletin-published': {
    status: 409,
    title: { fr: 'Le bulletin a été publié', en: 'The bulletin was published' },
    detail: {
      fr: 'Seule une ébauche jamais publiée se supprime. Un bulletin publié se retire, avec un motif: POST …/withdraw.',
      en: 'Only a draft that was never published can be deleted. Withdraw a published bulletin, with a reason: POST …/withdraw.',
    },
  },
  'bulletin-withdrawn': {
    status: 409,
    title: { fr: 'Le bulletin est retiré', en: 'The bulletin is withdrawn' },
    detail: {
      fr: 'Un bulletin retiré se publie à nouveau comme révision: POST …/revise.',
      en: 'A withdrawn bulletin is published again as a revision: POST …/revise.',
    },
  },
  'day-in-progress': {
    status: 409,
    title: { fr: 'La journée n’est pas finie', en: 'The day is not over' },
    detail: {
      fr: 'Publiez après «endsAt»: la journée des billets est alors finie dans tous les établissements.',
      en: 'Publish after «endsAt»: the ticket day is then over at every establishment.',
    },
  },
  'figures-do-not-add-up': {
    status: 409,
    title: { fr: 'Les chiffres ne concordent pas', en: 'The figures do not add up' },
    detail: {
      fr: '«broken» nomme chaque règle enfreinte, l’établissement, l’attendu et le trouvé. Rien n’est publié: signalez-le.',
      en: '«broken» names each rule that is broken, the establishment, what was expected and what was found. Nothing is published: report it.',
    },
  },
  'figures-behind': {
    status: 503,
    title: { fr: 'Les chiffres sont en retard', en: 'The figures are behind' },
    detail: {
      fr: 'Des événements ne sont pas encore comptés: «behind» dit combien. Rien n’est publié: renvoyez la demande après le délai de «Retry-After».',
      en: 'Some events are not counted yet: «behind» says how many. Nothing is published: send the request again after the delay of «Retry-After».',
    },
  },
  'nothing-published': {
    status: 404,
    title: { fr: 'Aucun bulletin publié', en: 'No bulletin published' },
    detail: {
      fr: 'Aucun bulletin n’est publié, ou tous sont retirés. GET /v1/bulletins énumère ceux d’un intervalle.',
      en: 'No bulletin is published, or all are withdrawn. GET /v1/bulletins lists those of a range.',
    },
  },
  'revision-not-found': {
    status: 404,
    title: { fr: 'Révision introuvable', en: 'Revision not found' },
    detail: {
      fr: 'Le bulletin n’a pas de révision de ce numéro: GET …/revisions les énumère.',
      en: 'The bulletin has no revision of this number: GET …/revisions lists them.',
    },
  },
};
