import { adviceOn } from '../../../../../shared/advice.js';
import { problemCatalogue } from '../../../../../shared/problems/problem-catalogue.js';
import type { ProblemKind } from '../../../../../shared/problems/problem-kind.js';
import type { Language, Text } from '../../../../../shared/text/text.js';
import type { QueueRefusal } from '../../queue/queue.js';
import { texts } from './texts.js';

/** A refusal in the words that people at the tablet read. */
export interface RefusalWords {
  title: string;
  detail: string;
  /** The errors of single fields, each with the field's name in its form. */
  fields: string[];
}

const forWhom: Text = { fr: 'Pour qui', en: 'For whom' };

/** The names of the fields that people fill in; errors in other fields are not shown to them. */
const fieldNames: Readonly<Record<string, Text>> = {
  title: { fr: 'Que se passe-t-il', en: 'What is happening' },
  description: texts.description,
  category: texts.category,
  priority: texts.priority,
  establishment: texts.establishment,
  site: texts.site,
  team: texts.team,
  location: { fr: 'Où', en: 'Where' },
  name: forWhom,
  contact: forWhom,
  body: texts.note,
  note: texts.note,
  reason: { fr: 'Raison', en: 'Reason' },
};

/** Whether a message is a code, which is for programs and not shown. */
const isCode = (message: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(message);

const kinds: Readonly<Partial<Record<string, ProblemKind>>> = problemCatalogue;

/**
 * What the server said of single fields is in the language that the tablet had then: in another one only the field is named, and the rest
 * comes from the catalogue.
 */
export const refusalWordsOf = (
  { code, title, detail, errors = [], language: saidIn = 'fr' }: Omit<QueueRefusal, 'mergedInto'>,
  language: Language,
): RefusalWords => {
  const advice = adviceOn(code);
  const kind = saidIn === language ? undefined : kinds[code];
  const fields = errors.flatMap(({ pointer, message }) => {
    const name = fieldNames[pointer.slice(pointer.lastIndexOf('/') + 1)];
    if (name === undefined || isCode(message) || message === detail) return [];
    return [saidIn === language ? `${name[language]}: ${message}` : name[language]];
  });
  return {
    title: (advice?.title ?? kind?.title)?.[language] ?? title,
    detail: (advice?.detail ?? kind?.detail)?.[language] ?? detail,
    fields,
  };
};
