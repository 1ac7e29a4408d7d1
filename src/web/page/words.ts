import { speaking, type Language, type Text } from '../../shared/text.js';
import { activeNowLabel, figureLabels } from '../../shared/vocabulary.js';

/** The words of all pages, in both languages. */
const texts = {
  name: { fr: 'Billets quotidiens', en: 'Billets quotidiens' },
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  navigation: { fr: 'Pages', en: 'Pages' },
  menu: { fr: 'Menu', en: 'Menu' },
  board: { fr: 'Tableau', en: 'Board' },
  yesterday: { fr: 'Hier', en: 'Yesterday' },
  bulletins: { fr: 'Bulletins', en: 'Bulletins' },
  reports: { fr: 'Rapports', en: 'Reports' },
  journal: { fr: 'Journal', en: 'Access log' },
  operations: { fr: 'Exploitation', en: 'Operations' },
  desk: { fr: 'Bureau', en: 'Desk' },
  mobileTeam: { fr: 'Équipe mobile', en: 'Mobile team' },
  otherLanguage: { fr: 'English', en: 'Français' },
  signIn: { fr: 'Se connecter', en: 'Sign in' },
  signOut: { fr: 'Se déconnecter', en: 'Sign out' },
  today: { fr: 'Aujourd’hui', en: 'Today' },
  keyFigures: { fr: 'Chiffres du jour', en: 'Figures of the day' },
  ...figureLabels,
  backlog: activeNowLabel,
  backlogAtMidnight: figureLabels.backlog,
  lastDayWithTickets: { fr: 'Dernier jour avec des billets', en: 'Last day with tickets' },
  noneToday: { fr: 'Aucun billet encore aujourd’hui,', en: 'No ticket yet today,' },
  sameHour: { fr: 'hier à la même heure', en: 'yesterday at the same hour' },
  wholeDayBefore: { fr: 'la veille, en entier', en: 'the day before, whole day' },
  wallMode: { fr: 'Mode mural', en: 'Wall mode' },
  wallPage: { fr: 'page', en: 'page' },
  ticketsPerDay: { fr: 'Billets par jour', en: 'Tickets per day' },
  wholeYesterday: { fr: 'hier, en entier', en: 'yesterday, whole day' },
  lastDays: { fr: 'Sur 14 jours', en: 'Over 14 days' },
  chartInNumbers: { fr: 'Le graphique en chiffres', en: 'The chart in numbers' },
  day: { fr: 'Jour', en: 'Day' },
  byEstablishment: { fr: 'Par établissement', en: 'By establishment' },
  establishment: { fr: 'Établissement', en: 'Establishment' },
  total: { fr: 'Total', en: 'Total' },
  nothingCounted: {
    fr: 'Aucun billet n’a encore été compté.',
    en: 'No ticket has been counted yet.',
  },
  position: { fr: 'position', en: 'position' },
  otherDays: { fr: 'Autres jours', en: 'Other days' },
  revision: { fr: 'révision', en: 'revision' },
  previousDay: { fr: 'Jour précédent', en: 'Previous day' },
  nextDay: { fr: 'Jour suivant', en: 'Next day' },
  future: { fr: 'À venir', en: 'To come' },
  dayNotBegun: { fr: 'journée pas commencée', en: 'day not begun' },
  'in-progress': { fr: 'En cours', en: 'In progress' },
  closed: { fr: 'Journée finie', en: 'Day over' },
  published: { fr: 'Publiée', en: 'Published' },
  download: { fr: 'Télécharger', en: 'Download' },
  knownAt: { fr: 'Chiffres connus le', en: 'Figures as known on' },
  sessionOver: { fr: 'Votre session est finie', en: 'Your session is over' },
  sessionOverHint: {
    fr: 'Rien n’est perdu: ce que vous avez envoyé est gardé dans cette page. Connectez-vous dans un autre onglet, puis renvoyez-le d’ici.',
    en: 'Nothing is lost: what you sent is kept in this page. Sign in in another tab, then send it again from here.',
  },
  sendAgain: { fr: 'Renvoyer', en: 'Send again' },
  problem: { fr: 'Un problème est survenu', en: 'Something went wrong' },
  numberToReport: { fr: 'Numéro à donner si vous le signalez', en: 'Number to give if you report it' },
  notUnderstood: { fr: 'ne peut être compris', en: 'can’t be understood' },
  isMissing: { fr: 'à indiquer', en: 'to be given' },
  backToPage: { fr: 'Revenir où vous étiez', en: 'Back to where you were' },
  backToStart: { fr: 'Page d’accueil', en: 'Start page' },
  withoutScript: {
    fr: 'Sans script, cette page ne se met pas à jour d’elle-même: rechargez-la.',
    en: 'Without scripts this page does not update by itself: reload it.',
  },
} satisfies Record<string, Text>;
export type PageWord = keyof typeof texts;
export type Say = (word: PageWord) => string;

export const pageWordsIn: (language: Language) => Say = speaking(texts);

/** The texts of the board's script, which fills in `{…}`. */
export const liveWords: Record<Language, Record<string, string>> = {
  fr: {
    fresh: 'à jour il y a {age}',
    lost: 'Connexion perdue: les chiffres affichés datent de {age}. Nouvel essai dans quelques secondes.',
    back: 'Connexion rétablie; les chiffres sont à jour.',
    backBehind: 'Connexion rétablie; les chiffres sont en retard.',
    signedOut: 'Votre session est finie: les chiffres ne se mettent plus à jour.',
    updated: 'Chiffres à jour: {summary}',
    updatedBehind: 'Chiffres en retard: {summary}',
  },
  en: {
    fresh: 'up to date {age} ago',
    lost: 'Connection lost: the figures shown are {age} old. Trying again in a few seconds.',
    back: 'Connection back; the figures are up to date.',
    backBehind: 'Connection back; the figures are behind.',
    signedOut: 'Your session is over: the figures no longer update.',
    updated: 'Figures updated: {summary}',
    updatedBehind: 'Figures that are behind: {summary}',
  },
};
