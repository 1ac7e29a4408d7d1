import type { Text } from '../../../../shared/text.js';
import {
  categoryLabels,
  holdReasonLabels,
  labelOf,
  priorityLabels,
  resolutionLabels,
  statusLabels,
  transitionLabels,
} from '../../../../shared/vocabulary.js';
import type { CommandType } from '../queue/command.js';
import type { DeviceTicketStatus } from '../queue/ticket.js';

/** A list that grows on the server shows its new codes as they are. */
const named =
  (labels: Readonly<Record<string, Text>>) =>
  (code: string): string =>
    labelOf(labels, code, 'fr');

export const categoryName = named(categoryLabels);
export const resolutionName = named(resolutionLabels);
export const reasonName = named(holdReasonLabels);
export const statusName = (status: DeviceTicketStatus): string => statusLabels[status].fr;

/** With its code, which is what people say on the telephone. */
export const priorityName = (code: string): string => {
  const name = named(priorityLabels)(code);
  return name === code ? code : `${code} · ${name}`;
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
  note: 'Note',
  open: transitionLabels.open.fr,
  start: transitionLabels.start.fr,
  hold: transitionLabels.hold.fr,
  resolve: transitionLabels.resolve.fr,
  reopen: transitionLabels.reopen.fr,
  cancel: transitionLabels.cancel.fr,
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
