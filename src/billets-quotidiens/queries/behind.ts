import { z } from 'zod';
import { numberIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';

/** How far figures are behind the log; null where this is not known. */
const behindSchema = z
  .object({
    events: z
      .int()
      .nullable()
      .describe('Not counted yet; null where positions don’t count events, or the log can’t be read'),
    seconds: z
      .number()
      .nullable()
      .describe('Since the oldest of them was recorded; null where the log can’t be read'),
  })
  .meta({ id: 'Behind' });
export type Behind = z.output<typeof behindSchema>;

export const behindShape = {
  behind: behindSchema
    .optional()
    .describe('How far the figures are behind the log; absent where they are not'),
};

/** The member `behind` of an answer; no member where the figures are up to date. */
export const behindMember = (behind: Behind | undefined): { behind?: Behind } => (behind ? { behind } : {});

/** How far figures are behind the log, as a sentence. */
export const behindIn = (language: Language, { events, seconds }: Behind): string => {
  const say = words[language];
  if (events === null && seconds === null) return say.unknown;
  const late = seconds === null ? '' : say.by(numberIn(language, Math.round(seconds)));
  const waiting = events === null ? '' : `: ${say.waiting(events, numberIn(language, events))}`;
  return `${say.behind}${late}${waiting}.`;
};

const words = {
  fr: {
    unknown: 'On ne sait pas si les chiffres sont à jour: le journal des événements ne répond pas.',
    behind: 'Les chiffres retardent',
    by: (seconds: string) => ` de ${seconds} s`,
    waiting: (events: number, count: string) =>
      events === 1 ? '1 événement reste à compter' : `${count} événements restent à compter`,
  },
  en: {
    unknown: 'Whether the figures are up to date is not known: the log of events does not answer.',
    behind: 'The figures lag',
    by: (seconds: string) => ` by ${seconds} s`,
    waiting: (events: number, count: string) =>
      events === 1 ? '1 event is still to be counted' : `${count} events are still to be counted`,
  },
};
