import type { CommandType } from '../queue/command.js';
import type { Status } from '../queue/ticket.js';

type Words = Readonly<Record<string, string>>;

const categories: Words = {
  acces: 'Accès',
  impression: 'Impression',
  ordonnances: 'Ordonnances',
  pharmacie: 'Pharmacie',
  laboratoire: 'Laboratoire',
  imagerie: 'Imagerie',
  'rendez-vous': 'Rendez-vous',
  admission: 'Admission',
  materiel: 'Matériel',
  'documentation-clinique': 'Documentation clinique',
  'bloc-operatoire': 'Bloc opératoire',
  formation: 'Formation',
  autre: 'Autre',
};

const priorities: Words = {
  P1: 'P1 · Urgente',
  P2: 'P2 · Haute',
  P3: 'P3 · Normale',
  P4: 'P4 · Basse',
};

const resolutions: Words = {
  fixed: 'Réparé',
  configuration: 'Réglage',
  training: 'Formation',
  'hardware-replaced': 'Matériel remplacé',
  workaround: 'Contournement',
  'no-fault-found': 'Rien trouvé',
  duplicate: 'Doublon',
};

const reasons: Words = {
  user: 'L’utilisateur',
  vendor: 'Le fournisseur',
  change: 'Un changement prévu',
};

/** A list that grows on the server shows its new codes as they are. */
const named =
  (words: Words) =>
  (code: string): string =>
    words[code] ?? code;

export const categoryName = named(categories);
export const priorityName = named(priorities);
export const resolutionName = named(resolutions);
export const reasonName = named(reasons);

export const statusName: Record<Status, string> = {
  open: 'Ouvert',
  'in-progress': 'En cours',
  waiting: 'En attente',
  resolved: 'Résolu',
  closed: 'Fermé',
  cancelled: 'Annulé',
  merged: 'Fusionné',
};

/** On the button that leads to it. */
export const commandName: Record<CommandType, string> = {
  open: 'Nouveau billet',
  note: 'Ajouter une note',
  start: 'Commencer',
  hold: 'Mettre en attente',
  resolve: 'Résoudre',
  reopen: 'Rouvrir',
  cancel: 'Annuler le billet',
};

/** In the queue, as a thing that was done. */
export const commandDone: Record<CommandType, string> = {
  open: 'Ouverture',
  note: 'Note',
  start: 'Début du travail',
  hold: 'Mise en attente',
  resolve: 'Résolution',
  reopen: 'Réouverture',
  cancel: 'Annulation',
};

export const counted = (count: number, one: string, many: string): string =>
  `${count} ${count > 1 ? many : one}`;

const clock = new Intl.DateTimeFormat('fr-CA', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('fr-CA', { day: 'numeric', month: 'short' });

/** A moment as people at the tablet say it. */
export const momentName = (instant: string, now: Date): string => {
  const at = new Date(instant);
  const time = clock.format(at);
  return at.toDateString() === now.toDateString() ? time : `${day.format(at)}, ${time}`;
};

/** How long ago, in one unit. */
export const agoName = (instant: string, now: Date): string => {
  const minutes = Math.round((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'à l’instant';
  if (minutes < 60) return `il y a ${minutes} min`;
  if (minutes < 48 * 60) return `il y a ${Math.round(minutes / 60)} h`;
  return `il y a ${Math.round(minutes / 1440)} j`;
};

/** A clock's skew in whole minutes, hours or days. */
export const skewName = (skewMs: number): string => {
  const minutes = Math.max(1, Math.round(Math.abs(skewMs) / 60_000));
  const size =
    minutes < 2 * 60
      ? counted(minutes, 'minute', 'minutes')
      : minutes < 2 * 1440
        ? counted(Math.round(minutes / 60), 'heure', 'heures')
        : counted(Math.round(minutes / 1440), 'jour', 'jours');
  return skewMs > 0 ? `avance de ${size}` : `retarde de ${size}`;
};
