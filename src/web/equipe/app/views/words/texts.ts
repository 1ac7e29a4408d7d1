import type { Text } from '../../../../../shared/text/text.js';

/** What the page says that holds no code, number or time; those are in words.ts. */
export const texts = {
  name: { fr: 'Équipe mobile', en: 'Mobile team' },
  skip: { fr: 'Aller au contenu', en: 'Skip to the content' },
  notices: { fr: 'Avis', en: 'Notices' },
  pages: { fr: 'Pages', en: 'Pages' },
  tabTickets: { fr: 'Billets', en: 'Tickets' },
  tabNew: { fr: 'Nouveau', en: 'New' },
  tabQueue: { fr: 'File', en: 'Queue' },
  otherLanguage: { fr: 'English', en: 'Français' },
  cannotKeep: {
    fr: 'Cette page ne peut rien garder ici. Ouvrez-la par son adresse https, hors de la navigation privée.',
    en: 'This page can keep nothing here. Open it by its https address, and not in a private window.',
  },

  // The exchange with the server
  offline: { fr: 'Hors ligne', en: 'Offline' },
  noAnswer: { fr: 'Sans réponse', en: 'No answer' },
  notSignedIn: { fr: 'Non connecté', en: 'Not signed in' },
  upToDate: { fr: 'À jour', en: 'Up to date' },
  nothingLost: {
    fr: 'Rien n’est perdu: la file attend.',
    en: 'Nothing is lost: the queue waits.',
  },
  thisClock: { fr: 'L’horloge de cette tablette', en: 'This tablet’s clock' },
  clockCorrected: {
    fr: 'Les heures envoyées sont corrigées; réglez-la quand même.',
    en: 'The times that are sent are corrected; set it all the same.',
  },

  // Nobody signed in
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  first: {
    fr: 'Connectez-vous une première fois avec le réseau. Ensuite la page s’ouvre aussi sans lui.',
    en: 'Sign in once while there is a network. From then on the page opens without one, too.',
  },
  otherRole: { fr: 'Page des équipes mobiles', en: 'The mobile teams’ page' },
  forTeams: {
    fr: 'Votre rôle n’ouvre pas cette page. Elle est pour les équipes mobiles et les agents; la vôtre est à l’accueil.',
    en: 'Your role does not open this page. It is for mobile teams and agents; yours is at the start page.',
  },
  startPage: { fr: 'Accueil', en: 'Start page' },
  signInAsOther: { fr: 'Se connecter autrement', en: 'Sign in as somebody else' },
  locked: { fr: 'Tablette verrouillée', en: 'Tablet locked' },
  lockedAgain: {
    fr: 'Personne n’est connecté ici, ou la session a pris fin. Ce qui a été écrit est gardé, chiffré.',
    en: 'Nobody is signed in here, or the session has ended. What was written is kept, encrypted.',
  },
  unreachable: {
    fr: 'Le serveur est injoignable: il faut le réseau pour se connecter.',
    en: 'The server can’t be reached: signing in needs a network.',
  },
  opening: { fr: 'Ouverture…', en: 'Opening…' },
  waitsHere: { fr: 'attend: connectez-vous.', en: 'is waiting: sign in.' },
  waitHere: { fr: 'attendent: connectez-vous.', en: 'are waiting: sign in.' },
  waitsForOther: {
    fr: 'attend ici, sous clé, que cette personne se reconnecte. Rien ne part sous un autre nom.',
    en: 'is waiting here, locked, for that person to sign in again. Nothing is sent under another name.',
  },
  waitForOther: {
    fr: 'attendent ici, sous clé, que cette personne se reconnecte. Rien ne part sous un autre nom.',
    en: 'are waiting here, locked, for that person to sign in again. Nothing is sent under another name.',
  },

  // The list
  activeTickets: { fr: 'Billets actifs', en: 'Active tickets' },
  noActiveTicket: { fr: 'Aucun billet actif.', en: 'No active ticket.' },
  nothingFound: {
    fr: 'Rien de tel sur cette tablette: elle garde les billets actifs, et ceux terminés depuis une semaine.',
    en: 'Nothing like it on this tablet: it keeps active tickets, and those that ended within a week.',
  },
  justNow: { fr: 'À l’instant', en: 'Just now' },
  theOthers: { fr: 'Les autres', en: 'The others' },
  searchToSee: { fr: 'cherchez pour les voir.', en: 'search to see them.' },
  ended: { fr: 'Terminés depuis une semaine', en: 'Ended within a week' },
  searchTicket: { fr: 'Chercher un billet', en: 'Search a ticket' },
  search: { fr: 'Chercher', en: 'Search' },
  all: { fr: 'Tous', en: 'All' },
  notSentYet: { fr: 'En attente d’envoi', en: 'Not sent yet' },
  refusedLook: { fr: 'Refusé: à voir', en: 'Refused: look at it' },

  // A ticket
  allTickets: { fr: 'Tous les billets', en: 'All tickets' },
  nothingHere: { fr: 'Rien ici', en: 'Nothing here' },
  gone: {
    fr: 'Ce billet n’est plus sur cette tablette: il a été envoyé, fusionné ou transféré.',
    en: 'This ticket is no longer on this tablet: it was sent, merged or transferred.',
  },
  people: { fr: 'Personnes touchées', en: 'People affected' },
  notSentHeading: { fr: 'Pas encore envoyé', en: 'Not sent yet' },
  place: { fr: 'Lieu', en: 'Place' },
  placeNotSaid: { fr: 'non indiqué', en: 'not given' },
  requestedBy: { fr: 'Demandé par', en: 'Requested by' },
  establishment: { fr: 'Établissement', en: 'Establishment' },
  category: { fr: 'Catégorie', en: 'Category' },
  priority: { fr: 'Priorité', en: 'Priority' },
  team: { fr: 'Équipe', en: 'Team' },
  notes: { fr: 'Notes', en: 'Notes' },
  notesNeedNetwork: {
    fr: 'Les notes déjà envoyées se lisent avec le réseau.',
    en: 'Notes that were sent are read with a network.',
  },
  onlyEndOfNotes: {
    fr: 'Seule la fin de ce long billet est lue ici.',
    en: 'Only the end of this long ticket is read here.',
  },
  noNote: { fr: 'Aucune note envoyée.', en: 'No note was sent.' },

  // Photos
  photo: { fr: 'Photo', en: 'Photo' },
  photoOf: { fr: 'Photo de', en: 'Photo of' },
  photosAndFiles: { fr: 'Photos et fichiers', en: 'Photos and files' },
  photoRefused: { fr: 'refusée', en: 'refused' },
  photoWaits: { fr: 'en attente d’envoi', en: 'not sent yet' },
  photoRefusedLook: { fr: 'Refusée: à voir dans son billet', en: 'Refused: see its ticket' },
  remove: { fr: 'Supprimer', en: 'Remove' },
  photoWillGo: {
    fr: 'Elle sera effacée de la tablette, sans être envoyée.',
    en: 'It will be erased from the tablet, and not sent.',
  },
  erase: { fr: 'Effacer', en: 'Erase' },
  file: { fr: 'Fichier', en: 'File' },
  quarantined: { fr: 'pas encore vérifié', en: 'not scanned yet' },
  infected: { fr: 'retenu: un virus y a été trouvé', en: 'held back: a virus was found in it' },
  fileErased: { fr: 'effacé', en: 'erased' },

  // Forms
  back: { fr: 'Retour', en: 'Back' },
  save: { fr: 'Enregistrer', en: 'Save' },
  writeSomething: { fr: 'Écrivez quelques mots.', en: 'Write a few words.' },
  titleRefused: {
    fr: 'Un titre se lit dans toutes les listes: enlevez le numéro d’assurance maladie.',
    en: 'A title is read in every list: take the health insurance number out.',
  },
  note: { fr: 'Note', en: 'Note' },
  waitingFor: { fr: 'Qui ou quoi attend-on?', en: 'Who or what is it waiting for?' },
  how: { fr: 'Comment?', en: 'How?' },
  whatWasDone: { fr: 'Ce qui a été fait', en: 'What was done' },
  whyReopen: { fr: 'Pourquoi le rouvrir?', en: 'Why reopen it?' },
  whyCancel: { fr: 'Pourquoi l’annuler?', en: 'Why cancel it?' },
  listsMissing: {
    fr:
      'Cette tablette n’a pas encore reçu les listes d’établissements et de catégories. Il lui faut le réseau ' +
      'une première fois.',
    en: 'This tablet has not received the lists of establishments and categories yet. It needs a network once.',
  },
  moreDetails: { fr: 'Plus de détails', en: 'More details' },
  description: { fr: 'Description', en: 'Description' },
  whatHappens: { fr: 'Que se passe-t-il?', en: 'What is happening?' },
  where: { fr: 'Où?', en: 'Where?' },
  whereHint: { fr: 'Étage, unité, poste', en: 'Floor, unit, desk' },
  samePlace: { fr: 'Même lieu que la dernière fois.', en: 'Same place as last time.' },
  elsewhere: { fr: 'Ailleurs', en: 'Elsewhere' },
  forWhom: { fr: 'Pour qui?', en: 'For whom?' },
  forWhomHint: { fr: 'Nom, poste ou téléphone', en: 'Name or phone' },
  choose: { fr: 'Choisir…', en: 'Choose…' },
  site: { fr: 'Installation', en: 'Site' },
  noSite: { fr: 'Aucune en particulier', en: 'None in particular' },
  reportedAlready: { fr: 'Déjà signalé', en: 'Already reported' },
  reportedQuestion: { fr: 'Déjà signalé?', en: 'Already reported?' },
  oneTapIsEnough: {
    fr: 'Si c’est le même problème, un seul geste suffit.',
    en: 'If it is the same problem, one tap is enough.',
  },

  // The queue
  queue: { fr: 'File d’envoi', en: 'To be sent' },
  sending: { fr: 'Envoi…', en: 'Sending…' },
  sendNow: { fr: 'Envoyer maintenant', en: 'Send now' },
  lastExchange: { fr: 'Dernier échange complet:', en: 'Last complete exchange:' },
  noExchangeYet: { fr: 'Aucun échange complet encore.', en: 'No complete exchange yet.' },
  forYouToSee: { fr: 'à vous de voir', en: 'for you to decide' },
  allSent: { fr: 'Tout est envoyé.', en: 'Everything is sent.' },
  signedInAs: { fr: 'Connecté:', en: 'Signed in:' },
  staysHere: {
    fr: 'Ce qui n’est pas envoyé restera sur cette tablette jusqu’à votre retour.',
    en: 'What is not sent stays on this tablet until you come back.',
  },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  waitsForOpening: {
    fr: 'Attend que l’ouverture de ce billet soit corrigée.',
    en: 'Waits until the opening of this ticket is corrected.',
  },
  refused: { fr: 'Refusé:', en: 'Refused:' },
  mergedInto: { fr: 'Fusionné dans', en: 'Merged into' },
  mergedIntoUnknown: {
    fr: 'Fusionné dans un billet que cette tablette n’a pas.',
    en: 'Merged into a ticket that this tablet does not have.',
  },
  correct: { fr: 'Corriger', en: 'Correct' },
  doAgain: { fr: 'Refaire maintenant', en: 'Do it again now' },
  sendAgain: { fr: 'Renvoyer', en: 'Send again' },
  noteThere: { fr: 'Noter dans ce billet-là', en: 'Note it on that ticket' },
  giveUp: { fr: 'Abandonner', en: 'Give up' },
  willBeErased: {
    fr: 'Ce sera effacé de la tablette, sans être envoyé.',
    en: 'It will be erased from the tablet, and not sent.',
  },
  neverOpened: {
    fr: 'Ce billet ne sera jamais ouvert, et ce que vous y avez fait ensuite sera effacé aussi:',
    en: 'This ticket will never be opened, and what you did on it since will be erased too:',
  },

  // What was just done
  ticketSaved: { fr: 'Billet enregistré.', en: 'Ticket saved.' },
  isSaved: { fr: 'c’est enregistré.', en: 'it is saved.' },
  noted: { fr: 'C’est noté:', en: 'Noted:' },
  corrected: { fr: 'Corrigé: ce sera renvoyé.', en: 'Corrected: it will be sent again.' },
  doneAgain: { fr: 'Refait: ce sera renvoyé.', en: 'Done again: it will be sent.' },
  willBeSentAgain: { fr: 'Ce sera renvoyé.', en: 'It will be sent again.' },
  noteGoesToMerged: { fr: 'La note ira au billet fusionné.', en: 'The note goes to the merged ticket.' },
  erased: { fr: 'Effacé.', en: 'Erased.' },
  photoUnreadable: {
    fr: 'Cette image ne se lit pas ici. Prenez la photo avec cet appareil.',
    en: 'This image can’t be read here. Take the photo with this device.',
  },
  photoSaved: { fr: 'Photo enregistrée.', en: 'Photo saved.' },
  photoNoRoom: {
    fr: 'Il n’y a plus de place sur cette tablette: la photo n’est pas gardée.',
    en: 'There is no room left on this tablet: the photo is not kept.',
  },
  signedOut: { fr: 'Vous êtes déconnecté.', en: 'You are signed out.' },
  signOutNeedsNetwork: {
    fr: 'Il faut le réseau pour se déconnecter.',
    en: 'Signing out needs a network.',
  },
} satisfies Record<string, Text>;
export type TextName = keyof typeof texts;
