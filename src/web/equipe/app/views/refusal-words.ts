import { adviceOn } from '../../../../shared/advice.js';
import type { QueueRefusal } from '../queue/queue.js';

/** A refusal as people at the tablet read it. */
export interface RefusalWords {
  title: string;
  detail: string;
  /** What is wrong with single fields, each named as its form names it. */
  fields: string[];
}

/** Of what people fill in; the rest is the page's own affair. */
const fieldNames: Readonly<Record<string, string>> = {
  title: 'Que se passe-t-il',
  description: 'Description',
  category: 'Catégorie',
  priority: 'Priorité',
  establishment: 'Établissement',
  site: 'Installation',
  team: 'Équipe',
  location: 'Où',
  body: 'Note',
  note: 'Note',
  reason: 'Raison',
};

/** Codes are for programs. */
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
