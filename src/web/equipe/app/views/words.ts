import type { Text } from '../../../../shared/text.js';
import { timeOfDay } from '../../../../shared/time-of-day.js';
import {
  categoryLabels,
  commandVerbs,
  holdReasonLabels,
  labelOf,
  priorityLabels,
  resolutionLabels,
  statusLabels,
  transitionLabels,
} from '../../../../shared/vocabulary.js';
import type { CommandType } from '../queue/command.js';
import type { DeviceTicketStatus } from '../queue/ticket.js';

/** A function that names codes; a code that is new on the server, and not known here, is shown as it is. */
const named =
  (labels: Readonly<Record<string, Text>>) =>
  (code: string): string =>
    labelOf(labels, code, 'fr');

export const categoryName = named(categoryLabels);
export const resolutionName = named(resolutionLabels);
export const reasonName = named(holdReasonLabels);
export const statusName = (status: DeviceTicketStatus): string => statusLabels[status].fr;

/** The name of a priority after its code, which people use on the telephone. */
export const priorityName = (code: string): string => {
  const name = named(priorityLabels)(code);
  return name === code ? code : `${code} · ${name}`;
};

/** The names of commands on the buttons that lead to them. */
export const commandName = (type: CommandType): string =>
  type === 'link' ? 'Moi aussi' : commandVerbs[type].fr;

/** The names of commands in the queue, as something done. */
export const commandDone: Record<CommandType, string> = {
  note: 'Note',
  open: transitionLabels.open.fr,
  start: transitionLabels.start.fr,
  link: 'Moi aussi',
  hold: transitionLabels.hold.fr,
  resolve: transitionLabels.resolve.fr,
  reopen: transitionLabels.reopen.fr,
  cancel: transitionLabels.cancel.fr,
};

export const counted = (count: number, singular: string, plural: string): string =>
  `${count} ${count > 1 ? plural : singular}`;

const day = new Intl.DateTimeFormat('fr-CA', { day: 'numeric', month: 'short' });

/** An instant as a time, with the date where it is of another day. */
export const momentName = (instant: string, now: Date): string => {
  const at = new Date(instant);
  const time = timeOfDay({ hour: at.getHours(), minute: at.getMinutes() }, 'fr');
  return at.toDateString() === now.toDateString() ? time : `${day.format(at)}, ${time}`;
};

/** How long ago an instant was, in one unit. */
export const agoName = (instant: string, now: Date): string => {
  const minutes = Math.round((now.getTime() - Date.parse(instant)) / 60_000);
  if (minutes < 1) return 'à l’instant';
  if (minutes < 60) return `il y a ${minutes} min`;
  if (minutes < 48 * 60) return `il y a ${Math.round(minutes / 60)} h`;
  return `il y a ${Math.round(minutes / 1440)} j`;
};

/** The skew of a clock in whole minutes, hours or days. */
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
