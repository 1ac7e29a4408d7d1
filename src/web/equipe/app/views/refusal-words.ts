import { adviceOn } from '../../../../shared/advice.js';
import type { QueueRefusal } from '../queue/queue.js';

/** A refusal in the words that people at the tablet read. */
export interface RefusalWords {
  title: string;
  detail: string;
  /** The errors of single fields, each with the field's name in its form. */
  fields: string[];
}

/** The names of the fields that people fill in; errors in other fields are not shown to them. */
const fieldNames: Readonly<Record<string, string>> = {
  title: 'Que se passe-t-il',
  description: 'Description',
  category: 'Catégorie',
  priority: 'Priorité',
  establishment: 'Établissement',
  site: 'Installation',
  team: 'Équipe',
  location: 'Où',
  name: 'Pour qui',
  contact: 'Pour qui',
  body: 'Note',
  note: 'Note',
  reason: 'Raison',
};

/** Whether a message is a code, which is for programs and not shown. */
const isCode = (message: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(message);

export const refusalWordsOf = ({
  code,
  title,
  detail,
  errors = [],
}: Omit<QueueRefusal, 'mergedInto'>): RefusalWords => {
  const advice = adviceOn(code);
  const fields = errors.flatMap(({ pointer, message }) => {
    const name = fieldNames[pointer.slice(pointer.lastIndexOf('/') + 1)];
    return name === undefined || isCode(message) || message === detail ? [] : [`${name}: ${message}`];
  });
  return { title: advice?.title?.fr ?? title, detail: advice?.detail.fr ?? detail, fields };
};
