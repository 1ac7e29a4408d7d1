import type { TicketCode, TicketRefusalCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';
import type { Text } from '../../text/text.js';
import { statusLabels, withinSentence, type TicketStatus } from '../../vocabulary.js';

const ended = (status: TicketStatus, what: Text): ProblemKind => ({
  status: 409,
  title: {
    fr: `Le billet est ${withinSentence(statusLabels[status].fr)}`,
    en: `The ticket is ${withinSentence(statusLabels[status].en)}`,
  },
  detail: what,
});

const reopenIt = {
  fr: 'Rouvrez-le d’abord si le travail doit reprendre.',
  en: 'Reopen it first if the work has to go on.',
};

export const ticketProblems: Readonly<Record<TicketCode | TicketRefusalCode, ProblemKind>> = {
  'ticket-not-found': {
    status: 404,
    title: { fr: 'Billet introuvable', en: 'Ticket not found' },
    detail: {
      fr: 'Aucun billet de vos établissements n’a cet identifiant. Envoyez d’abord son ouverture; s’il a été transféré, l’autre établissement le traite.',
      en: 'No ticket of your establishments has this id. Send its opening first; if it was transferred, the other establishment works it.',
    },
  },
  'id-taken': {
    status: 409,
    title: { fr: 'Identifiant déjà pris', en: 'Id already taken' },
    detail: {
      fr: 'Un autre billet porte cet identifiant: choisissez-en un nouveau.',
      en: 'Another ticket has this id: choose a new one.',
    },
  },
  'health-number-in-title': {
    status: 422,
    title: { fr: 'Numéro d’assurance maladie dans le titre', en: 'Health insurance number in the title' },
    detail: {
      fr: 'Un titre se lit dans toutes les listes: dites le problème sans le numéro. S’il le faut pour aider, écrivez-le dans la description.',
      en: 'A title is read in every list: say what is wrong without the number. Where it is needed to help, write it into the description.',
    },
  },
  'health-number-refused': {
    status: 422,
    title: { fr: 'Numéro d’assurance maladie', en: 'Health insurance number' },
    detail: {
      fr: 'Ce qui est écrit ici reste pour de bon, et d’autres le lisent: écrivez-le sans le numéro.',
      en: 'What is written here stays for good, and others read it: write it without the number.',
    },
  },
  'occurred-in-the-future': {
    status: 422,
    title: { fr: 'Survenu dans le futur', en: 'Occurred in the future' },
    detail: {
      fr: '«occurredAt» dépasse l’heure du serveur de plus de 5 minutes. Réglez l’horloge, ou envoyez «sentAt» pour que l’écart soit corrigé.',
      en: '«occurredAt» is more than 5 minutes ahead of the server. Set the clock, or send «sentAt» so that the skew is corrected.',
    },
  },
  superseded: {
    status: 409,
    title: { fr: 'Dépassé par les événements', en: 'Superseded' },
    detail: {
      fr: 'Le billet a changé après l’heure de cette action. Voyez son état, puis refaites-la si elle tient encore.',
      en: 'The ticket changed after the time of this action. Look at its state, then do it again if it still holds.',
    },
  },
  'transition-not-allowed': {
    status: 409,
    title: { fr: 'Transition non permise', en: 'Transition not allowed' },
    detail: {
      fr: 'L’état du billet ne mène pas là. Seul un billet résolu peut être fermé.',
      en: 'The ticket’s status does not lead there. Only a resolved ticket can be closed.',
    },
  },
  'ticket-resolved': ended('resolved', reopenIt),
  'ticket-closed': ended('closed', reopenIt),
  'ticket-cancelled': ended('cancelled', reopenIt),
  'ticket-merged': ended('merged', {
    fr: 'Continuez dans le billet que «mergedInto» nomme.',
    en: 'Go on in the ticket that «mergedInto» names.',
  }),
  'merge-into-itself': {
    status: 409,
    title: { fr: 'Fusion avec lui-même', en: 'Merge into itself' },
    detail: { fr: 'Nommez un autre billet dans «into».', en: 'Name another ticket in «into».' },
  },
  'merge-target-not-found': {
    status: 409,
    title: { fr: 'Billet cible introuvable', en: 'Merge target not found' },
    detail: {
      fr: 'Le billet que «into» nomme n’existe pas, ou pas encore.',
      en: 'The ticket that «into» names does not exist, or not yet.',
    },
  },
  'merge-target-merged': {
    status: 409,
    title: { fr: 'Billet cible déjà fusionné', en: 'Merge target already merged' },
    detail: {
      fr: 'Le billet que «into» nomme est lui-même fusionné: nommez celui où il l’est.',
      en: 'The ticket that «into» names is merged itself: name the one it went into.',
    },
  },
  'merge-target-not-active': {
    status: 409,
    title: { fr: 'Billet cible inactif', en: 'Merge target not active' },
    detail: {
      fr: 'Personne ne travaille au billet que «into» nomme: il est résolu, fermé ou annulé. Rouvrez-le d’abord; s’il est résolu, «reopenTarget: true» le rouvre avec la fusion.',
      en: 'Nobody works on the ticket that «into» names: it is resolved, closed or cancelled. Reopen it first; if it is resolved, «reopenTarget: true» reopens it with the merge.',
    },
  },
  'link-to-itself': {
    status: 409,
    title: { fr: 'Lien vers lui-même', en: 'Link to itself' },
    detail: { fr: 'Nommez un autre billet dans «to».', en: 'Name another ticket in «to».' },
  },
  'link-target-not-found': {
    status: 409,
    title: { fr: 'Billet lié introuvable', en: 'Linked ticket not found' },
    detail: {
      fr: 'Le billet que «to» nomme n’existe pas, ou pas encore.',
      en: 'The ticket that «to» names does not exist, or not yet.',
    },
  },
  'command-id-reused': {
    status: 422,
    title: { fr: 'Identifiant de commande déjà utilisé', en: 'Command id already used' },
    detail: {
      fr: 'Une autre commande a été appliquée sous ce «commandId». Donnez un nouvel identifiant à celle-ci.',
      en: 'Another command was applied under this «commandId». Give this one a new id.',
    },
  },
  'texts-erased': {
    status: 409,
    title: { fr: 'Textes effacés', en: 'Texts erased' },
    detail: {
      fr: 'Les textes de ce billet ont été effacés: rien ne peut plus y être écrit. Ouvrez un autre billet.',
      en: 'The texts of this ticket were erased: nothing can be written in it any more. Open another ticket.',
    },
  },
  'legal-hold': {
    status: 409,
    title: { fr: 'Billet à conserver', en: 'Ticket on legal hold' },
    detail: {
      fr: 'Les textes de ce billet doivent être conservés. Levez d’abord la conservation (DELETE …/hold), si elle n’a plus lieu d’être.',
      en: 'The texts of this ticket have to be kept. Release the hold first (DELETE …/hold), if there is no reason for it any more.',
    },
  },
  'too-many-attachments': {
    status: 409,
    title: { fr: 'Trop de pièces jointes', en: 'Too many attachments' },
    detail: {
      fr: 'Un billet porte au plus 10 pièces jointes: ouvrez un billet lié pour les suivantes.',
      en: 'A ticket has 10 attachments at most: open a linked ticket for more.',
    },
  },
  'texts-in-plain': {
    status: 409,
    title: { fr: 'Textes en clair dans le journal', en: 'Texts in plain in the log' },
    detail: {
      fr: 'Ce billet date d’avant le chiffrement: détruire sa clé n’effacerait rien. Le journal doit d’abord être copié dans un nouveau journal chiffré; la documentation dit comment.',
      en: 'This ticket is from before texts were encrypted: destroying its key would erase nothing. The log has to be copied into a new, encrypted one first; the documentation says how.',
    },
  },
  'unknown-command': {
    status: 400,
    title: { fr: 'Commande inconnue', en: 'Unknown command' },
    detail: {
      fr: '«type» doit être une des commandes que /openapi.json décrit.',
      en: '«type» must be one of the commands that /openapi.json describes.',
    },
  },
};
