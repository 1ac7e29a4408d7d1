import type { ProblemCode } from './problems/problem-code.js';
import type { Text } from './text/text.js';

/** What a person is shown of a problem: its title, where the API's own is for programs, and what to do about it. */
export interface Advice {
  title?: Text;
  detail: Text;
}

/** No advice of its own: the API's text is for people already, or no person ever meets the code. */
const asTheApiSays = undefined;

const advice: Readonly<Record<ProblemCode, Advice | undefined>> = {
  malformed: {
    title: { fr: 'Quelque chose est mal rempli', en: 'Something is not filled in right' },
    detail: {
      fr: 'Corrigez ce qui ne peut être lu, puis recommencez.',
      en: 'Correct what can’t be read, then try again.',
    },
  },
  'invalid-json': {
    title: { fr: 'Envoi incomplet', en: 'Incomplete' },
    detail: {
      fr: 'Ce qui est arrivé est incomplet: renvoyez-le.',
      en: 'What arrived is incomplete: send it again.',
    },
  },
  'not-found': {
    detail: {
      fr: 'Vérifiez l’adresse, ou partez du tableau.',
      en: 'Check the address, or start from the board.',
    },
  },
  'not-acceptable': {
    detail: { fr: 'Choisissez un des formats offerts.', en: 'Choose one of the formats that are offered.' },
  },
  'version-mismatch': {
    detail: {
      fr: 'Quelqu’un d’autre a enregistré entre-temps: relisez, puis décidez de nouveau.',
      en: 'Someone else has saved meanwhile: read it again, then decide again.',
    },
  },
  'body-too-large': {
    title: { fr: 'Trop long', en: 'Too long' },
    detail: { fr: 'Raccourcissez le texte, puis renvoyez-le.', en: 'Shorten the text, then send it again.' },
  },
  'unsupported-media-type': {
    title: { fr: 'Envoi illisible', en: 'Not readable' },
    detail: { fr: 'Rouvrez la page, puis recommencez.', en: 'Open the page again, then try again.' },
  },
  'too-many-requests': {
    title: { fr: 'Trop de demandes d’un coup', en: 'Too much at once' },
    detail: {
      fr: 'Attendez un instant, puis recommencez: rien n’a été fait.',
      en: 'Wait a moment, then try again: nothing was done.',
    },
  },
  'internal-error': {
    detail: {
      fr: 'La faute est nôtre. Recommencez: rien n’est fait deux fois.',
      en: 'The fault is ours. Try again: nothing is done twice.',
    },
  },
  unavailable: {
    detail: {
      fr: 'Recommencez dans un instant: rien n’est fait deux fois.',
      en: 'Try again in a moment: nothing is done twice.',
    },
  },
  'position-not-reached': {
    detail: { fr: 'Recommencez dans un instant.', en: 'Try again in a moment.' },
  },
  unauthenticated: {
    title: { fr: 'Vous n’êtes pas connecté', en: 'You are not signed in' },
    detail: { fr: 'Connectez-vous, puis recommencez.', en: 'Sign in, then try again.' },
  },
  'role-not-allowed': {
    detail: { fr: 'Demandez à quelqu’un dont le rôle le permet.', en: 'Ask someone whose role allows it.' },
  },
  'establishment-not-yours': {
    detail: {
      fr: 'Le billet est d’un autre établissement que les vôtres: demandez à quelqu’un de là-bas.',
      en: 'The ticket belongs to another establishment than yours: ask someone there.',
    },
  },
  'another-person': {
    detail: {
      fr: 'Rien n’a été fait: reconnectez-vous, puis recommencez.',
      en: 'Nothing was done: sign in again, then try again.',
    },
  },
  'sign-in-failed': {
    detail: {
      fr: 'Recommencez la connexion. Si cela se répète, signalez-le.',
      en: 'Sign in again. If that happens once more, report it.',
    },
  },
  'sign-in-not-offered': {
    detail: {
      fr: 'Personne ne peut se connecter ici: dites-le à qui exploite ce service.',
      en: 'Nobody can sign in here: tell whoever runs this service.',
    },
  },
  'ticket-not-found': {
    detail: {
      fr: 'Vos établissements n’ont pas ce billet. Recommencez une fois son ouverture envoyée; s’il a été transféré, renoncez.',
      en: 'Your establishments do not have this ticket. Try again once its opening is sent; if it was transferred, give up.',
    },
  },
  'id-taken': {
    title: { fr: 'Numéro de billet déjà pris', en: 'Ticket number already taken' },
    detail: {
      fr: 'Un autre billet porte ce numéro: ouvrez-en un nouveau.',
      en: 'Another ticket has this number: open a new one.',
    },
  },
  'occurred-in-the-future': {
    title: { fr: 'Heure dans le futur', en: 'Time in the future' },
    detail: {
      fr: 'L’heure dépasse celle du serveur de plus de 5 minutes: réglez l’horloge de l’appareil, puis refaites l’action.',
      en: 'The time is more than 5 minutes ahead of the server: set the device’s clock, then do it again.',
    },
  },
  'transition-not-allowed': {
    title: { fr: 'Pas dans cet état', en: 'Not in this state' },
    detail: {
      fr: 'Le billet n’est pas dans un état qui le permet: voyez où il en est, puis décidez.',
      en: 'The ticket is not in a state that allows it: see where it stands, then decide.',
    },
  },
  'ticket-merged': {
    detail: {
      fr: 'Le travail continue dans le billet où il a été fusionné.',
      en: 'The work goes on in the ticket it was merged into.',
    },
  },
  'merge-into-itself': {
    detail: { fr: 'Choisissez un autre billet.', en: 'Choose another ticket.' },
  },
  'merge-target-not-found': {
    detail: {
      fr: 'Le billet choisi n’existe pas, ou pas encore.',
      en: 'The ticket chosen does not exist, or not yet.',
    },
  },
  'merge-target-merged': {
    detail: {
      fr: 'Le billet choisi est lui-même fusionné: choisissez celui où il l’est.',
      en: 'The ticket chosen is merged itself: choose the one it went into.',
    },
  },
  'merge-target-not-active': {
    detail: {
      fr: 'Le billet choisi est terminé: rouvrez-le d’abord, ou choisissez-en un où l’on travaille.',
      en: 'The ticket chosen is over: reopen it first, or choose one that is worked on.',
    },
  },
  'link-to-itself': {
    detail: { fr: 'Choisissez un autre billet.', en: 'Choose another ticket.' },
  },
  'link-target-not-found': {
    detail: {
      fr: 'Le billet choisi n’existe pas, ou pas encore.',
      en: 'The ticket chosen does not exist, or not yet.',
    },
  },
  'command-id-reused': {
    title: { fr: 'Numéro d’envoi déjà utilisé', en: 'Number already used' },
    detail: {
      fr: 'Autre chose a été fait sous ce numéro: relisez ce qui suit, puis renvoyez-le.',
      en: 'Something else was done under this number: read this again, then send it again.',
    },
  },
  'texts-erased': {
    detail: {
      fr: 'Les textes de ce billet ont été effacés: ouvrez un autre billet pour écrire la suite.',
      en: 'The texts of this ticket were erased: open another ticket to write what follows.',
    },
  },
  'legal-hold': {
    detail: {
      fr: 'Les textes de ce billet doivent être conservés pour l’instant.',
      en: 'The texts of this ticket have to be kept for now.',
    },
  },
  'too-many-attachments': asTheApiSays,
  'attachment-not-found': asTheApiSays,
  'attachment-erased': asTheApiSays,
  'attachment-quarantined': asTheApiSays,
  'attachment-infected': asTheApiSays,
  'attachment-too-large': asTheApiSays,
  'attachment-type-refused': asTheApiSays,
  'attachment-empty': asTheApiSays,
  'thumbnail-not-available': asTheApiSays,
  'texts-in-plain': asTheApiSays,
  'unknown-command': {
    title: { fr: 'Action inconnue', en: 'Unknown action' },
    detail: { fr: 'Rechargez la page, puis recommencez.', en: 'Reload the page, then try again.' },
  },
  'unknown-establishment': {
    detail: { fr: 'Choisissez un établissement de la liste.', en: 'Choose an establishment of the list.' },
  },
  'unknown-site': {
    detail: {
      fr: 'Choisissez une installation de cet établissement, ou aucune.',
      en: 'Choose a site of this establishment, or none.',
    },
  },
  'bulletin-not-found': {
    detail: {
      fr: 'Rien n’a été écrit pour cette date: écrivez d’abord l’ébauche.',
      en: 'Nothing was written for this date: write the draft first.',
    },
  },
  'ticket-day-after-bulletin': {
    detail: {
      fr: 'Choisissez la date du bulletin ou un jour d’avant.',
      en: 'Choose the bulletin’s date or a day before it.',
    },
  },
  'ticket-day-published': {
    detail: {
      fr: 'Une révision corrige le jour publié; un autre jour demande un autre bulletin.',
      en: 'A revision corrects the day that was published; another day needs another bulletin.',
    },
  },
  'already-published': {
    detail: {
      fr: 'L’ébauche a changé depuis la publication: publiez-la comme révision.',
      en: 'The draft has changed since it was published: publish it as a revision.',
    },
  },
  'not-published': {
    detail: {
      fr: 'Seul un bulletin publié se révise ou se retire: publiez-le d’abord, ou supprimez l’ébauche.',
      en: 'Only a published bulletin can be revised or withdrawn: publish it first, or delete the draft.',
    },
  },
  'bulletin-published': {
    detail: {
      fr: 'Un bulletin publié ne se supprime pas: retirez-le, avec un motif.',
      en: 'A published bulletin can’t be deleted: withdraw it, with a reason.',
    },
  },
  'bulletin-withdrawn': {
    detail: {
      fr: 'Le bulletin est retiré: publiez-le à nouveau comme révision.',
      en: 'The bulletin is withdrawn: publish it again as a revision.',
    },
  },
  'nothing-published': {
    detail: {
      fr: 'Aucun bulletin n’est publié: revenez plus tard.',
      en: 'No bulletin is published: come back later.',
    },
  },
  'day-in-progress': {
    detail: {
      fr: 'Publiez une fois la journée des billets finie dans tous les établissements.',
      en: 'Publish once the ticket day is over at every establishment.',
    },
  },
  'figures-do-not-add-up': {
    detail: { fr: 'Rien n’est publié: signalez-le.', en: 'Nothing is published: report it.' },
  },
  'figures-behind': {
    detail: {
      fr: 'Des événements ne sont pas encore comptés, et rien n’est publié: recommencez dans un instant.',
      en: 'Some events are not counted yet, and nothing is published: try again in a moment.',
    },
  },
  'revision-not-found': {
    detail: {
      fr: 'Le bulletin n’a pas de révision de ce numéro.',
      en: 'The bulletin has no revision of this number.',
    },
  },
  'day-not-begun': {
    detail: {
      fr: 'Une journée qui n’a pas commencé n’a pas encore de chiffres.',
      en: 'A day that has not begun has no figures yet.',
    },
  },
  'not-known-yet': {
    detail: { fr: 'Demandez un instant passé.', en: 'Ask for an instant that has passed.' },
  },
  'request-timeout': asTheApiSays,
  'address-too-long': asTheApiSays,
  'too-costly-to-print': asTheApiSays,
  'headers-too-large': asTheApiSays,
  'bad-request': asTheApiSays,
  'releve-after-bulletin': asTheApiSays,
  'projection-not-found': asTheApiSays,
  'rebuild-under-way': asTheApiSays,
  'no-rebuild': asTheApiSays,
  'newer-version-served': asTheApiSays,
  'dead-letter-not-found': asTheApiSays,
  'health-number-in-title': asTheApiSays,
  'view-not-found': asTheApiSays,
  'template-not-found': asTheApiSays,
  'not-the-author': asTheApiSays,
  'view-built-in': asTheApiSays,
  'too-many-views': asTheApiSays,
  'too-many-templates': asTheApiSays,
  'health-number-refused': asTheApiSays,
  'still-failing': asTheApiSays,
  'no-leader': asTheApiSays,
  superseded: asTheApiSays,
  'ticket-resolved': asTheApiSays,
  'ticket-closed': asTheApiSays,
  'ticket-cancelled': asTheApiSays,
};

/** The advice on a problem's code; undefined where the API's text is for people already, or the code is not known here. */
export const adviceOn = (code: string): Advice | undefined => (isCode(code) ? advice[code] : undefined);

/** A tablet that was not updated may meet codes of a newer server. */
const isCode = (code: string): code is ProblemCode => Object.hasOwn(advice, code);
