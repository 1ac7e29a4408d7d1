import type { Language, Text } from './text/text.js';

/**
 * The codes of the contract and their labels: whoever prints a code reads its label here, so that a priority has one name in a history,
 * on a tablet and in a bulletin. Each label stands by itself; `withinSentence` makes it part of a sentence. The keys are the codes, in
 * the order they are offered; they are written in logs, and stay.
 */
export const priorityLabels = {
  P1: { fr: 'Critique', en: 'Critical' },
  P2: { fr: 'Haute', en: 'High' },
  P3: { fr: 'Moyenne', en: 'Medium' },
  P4: { fr: 'Basse', en: 'Low' },
} as const satisfies Record<string, Text>;
export type Priority = keyof typeof priorityLabels;

export const categoryLabels = {
  acces: { fr: 'Accès', en: 'Access' },
  impression: { fr: 'Impression', en: 'Printing' },
  ordonnances: { fr: 'Ordonnances', en: 'Prescriptions' },
  pharmacie: { fr: 'Pharmacie', en: 'Pharmacy' },
  laboratoire: { fr: 'Laboratoire', en: 'Laboratory' },
  imagerie: { fr: 'Imagerie', en: 'Imaging' },
  'rendez-vous': { fr: 'Rendez-vous', en: 'Appointments' },
  admission: { fr: 'Admission', en: 'Admission' },
  materiel: { fr: 'Matériel', en: 'Equipment' },
  'documentation-clinique': { fr: 'Documentation clinique', en: 'Clinical documentation' },
  'bloc-operatoire': { fr: 'Bloc opératoire', en: 'Operating room' },
  formation: { fr: 'Formation', en: 'Training' },
  autre: { fr: 'Autre', en: 'Other' },
} as const satisfies Record<string, Text>;
export type Category = keyof typeof categoryLabels;

export const statusLabels = {
  open: { fr: 'Ouvert', en: 'Open' },
  'in-progress': { fr: 'En cours', en: 'In progress' },
  waiting: { fr: 'En attente', en: 'On hold' },
  resolved: { fr: 'Résolu', en: 'Resolved' },
  closed: { fr: 'Fermé', en: 'Closed' },
  cancelled: { fr: 'Annulé', en: 'Cancelled' },
  merged: { fr: 'Fusionné', en: 'Merged' },
} as const satisfies Record<string, Text>;
export type TicketStatus = keyof typeof statusLabels;

/** The statuses of a ticket that somebody still has to work on. */
export const activeStatuses = ['open', 'in-progress', 'waiting'] as const satisfies readonly TicketStatus[];
export type ActiveStatus = (typeof activeStatuses)[number];

export const isActiveStatus = (status: string): status is ActiveStatus =>
  (activeStatuses as readonly string[]).includes(status);

/** Whom or what a ticket on hold waits for. */
export const holdReasonLabels = {
  user: { fr: 'L’utilisateur', en: 'The user' },
  vendor: { fr: 'Le fournisseur', en: 'The vendor' },
  change: { fr: 'Un changement', en: 'A change' },
} as const satisfies Record<string, Text>;
export type HoldReason = keyof typeof holdReasonLabels;

export const resolutionLabels = {
  fixed: { fr: 'Réparé', en: 'Fixed' },
  configuration: { fr: 'Configuration corrigée', en: 'Configuration corrected' },
  training: { fr: 'Utilisateur formé', en: 'User trained' },
  'hardware-replaced': { fr: 'Matériel remplacé', en: 'Hardware replaced' },
  workaround: { fr: 'Contourné', en: 'Worked around' },
  'no-fault-found': { fr: 'Aucune anomalie trouvée', en: 'No fault found' },
  duplicate: { fr: 'En double', en: 'Duplicate' },
} as const satisfies Record<string, Text>;
export type ResolutionCode = keyof typeof resolutionLabels;

/** The figures of a day. */
export const figureLabels = {
  opened: { fr: 'Ouverts', en: 'Opened' },
  resolved: { fr: 'Résolus', en: 'Resolved' },
  resolvedSameDay: { fr: 'Résolus le jour même', en: 'Resolved same day' },
  reopened: { fr: 'Rouverts', en: 'Reopened' },
  cancelled: { fr: 'Annulés', en: 'Cancelled' },
  merged: { fr: 'Fusionnés', en: 'Merged' },
  transferredIn: { fr: 'Reçus', en: 'Moved in' },
  transferredOut: { fr: 'Cédés', en: 'Moved out' },
  backlog: { fr: 'Actifs à minuit', en: 'Active at midnight' },
} as const satisfies Record<string, Text>;
export type FigureName = keyof typeof figureLabels;

/** The backlog of a day that is not over. */
export const activeNowLabel: Text = { fr: 'Actifs', en: 'Active' };

/** The commands on a ticket as the buttons that give them say it. */
export const commandVerbs = {
  open: { fr: 'Nouveau billet', en: 'New ticket' },
  assign: { fr: 'Confier', en: 'Assign' },
  start: { fr: 'Commencer', en: 'Start' },
  hold: { fr: 'Mettre en attente', en: 'Put on hold' },
  note: { fr: 'Ajouter une note', en: 'Add a note' },
  resolve: { fr: 'Résoudre', en: 'Resolve' },
  close: { fr: 'Fermer', en: 'Close' },
  reopen: { fr: 'Rouvrir', en: 'Reopen' },
  cancel: { fr: 'Annuler le billet', en: 'Cancel the ticket' },
  merge: { fr: 'Fusionner', en: 'Merge' },
  transfer: { fr: 'Transférer', en: 'Transfer' },
  link: { fr: 'Lier', en: 'Link' },
  watch: { fr: 'Suivre', en: 'Watch' },
  unwatch: { fr: 'Ne plus suivre', en: 'Stop watching' },
  recategorize: { fr: 'Changer la catégorie', en: 'Change the category' },
  reprioritize: { fr: 'Changer la priorité', en: 'Change the priority' },
  requester: { fr: 'Changer le demandeur', en: 'Change the requester' },
} as const satisfies Record<string, Text>;
export type CommandVerb = keyof typeof commandVerbs;

/** What a ticket goes by in lists; its title is empty once its texts are erased. */
export const erasedTitle: Text = { fr: 'Texte effacé', en: 'Text erased' };

/** The transitions of a ticket, as nouns. */
export const transitionLabels = {
  open: { fr: 'Ouverture', en: 'Opening' },
  start: { fr: 'Début du travail', en: 'Start of work' },
  hold: { fr: 'Mise en attente', en: 'Hold' },
  resolve: { fr: 'Résolution', en: 'Resolution' },
  reopen: { fr: 'Réouverture', en: 'Reopening' },
  cancel: { fr: 'Annulation', en: 'Cancellation' },
  merge: { fr: 'Fusion', en: 'Merge' },
  transfer: { fr: 'Transfert', en: 'Transfer' },
} as const satisfies Record<string, Text>;

/** What the access log says that someone did; the last two are alerts that it raised. */
export const accessActionLabels = {
  read: { fr: 'Billet lu', en: 'Ticket read' },
  list: { fr: 'Liste lue', en: 'List read' },
  search: { fr: 'Recherche faite', en: 'Search made' },
  history: { fr: 'Historique lu', en: 'History read' },
  command: { fr: 'Commande envoyée', en: 'Command sent' },
  batch: { fr: 'Lot de commandes', en: 'Batch of commands' },
  changes: { fr: 'Copie hors ligne', en: 'Offline copy' },
  live: { fr: 'Suivi en direct', en: 'Live changes' },
  figure: { fr: 'Billets d’un chiffre', en: 'Tickets of a figure' },
  revisions: { fr: 'Révisions d’un bulletin', en: 'Revisions of a bulletin' },
  'dead-letters': { fr: 'Événements mis de côté', en: 'Events put aside' },
  export: { fr: 'Exportation en clair', en: 'Export in plain' },
  erasure: { fr: 'Effacement ou conservation', en: 'Erasure or legal hold' },
  accesses: { fr: 'Journal consulté', en: 'Access log read' },
  attachment: { fr: 'Pièce jointe lue', en: 'Attachment read' },
  undeclared: { fr: 'Autre accès', en: 'Other access' },
  'many-tickets': { fr: 'Alerte: beaucoup de billets', en: 'Alert: many tickets' },
  'many-refusals': { fr: 'Alerte: beaucoup de refus', en: 'Alert: many refusals' },
} as const satisfies Record<string, Text>;
export type AccessAction = keyof typeof accessActionLabels;

/** The codes of a table of labels, in their order. */
export const codesOf = <Code extends string>(
  labels: Readonly<Record<Code, Text>>,
): readonly [Code, ...Code[]] => Object.keys(labels) as [Code, ...Code[]];

/** The label of a code; a code that is not known here stands for itself. */
export const labelOf = (labels: Readonly<Record<string, Text>>, code: string, language: Language): string =>
  Object.hasOwn(labels, code) ? (labels[code]?.[language] ?? code) : code;

/** A label as part of a sentence: its first letter is lower case. */
export const withinSentence = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

/** A label with its article, after the French «de»: «du fournisseur», «d’un changement». */
export const afterDe = (label: string): string => {
  const noun = withinSentence(label);
  if (noun.startsWith('le ')) return `du ${noun.slice('le '.length)}`;
  if (noun.startsWith('les ')) return `des ${noun.slice('les '.length)}`;
  return /^[aeiouyâéèêîôû]/.test(noun) ? `d’${noun}` : `de ${noun}`;
};

/** A table of labels in one language, as parts of sentences. */
export const sentenceLabels = <Code extends string>(
  labels: Readonly<Record<Code, Text>>,
  language: Language,
): Readonly<Record<Code, string>> =>
  Object.fromEntries(codesOf(labels).map((code) => [code, withinSentence(labels[code][language])])) as Record<
    Code,
    string
  >;
