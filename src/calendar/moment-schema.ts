import { z } from 'zod';
import { bilingual } from '../shared/text/bilingual.js';
import { daySchema } from './day-schema.js';

/** An instant of the years 1970 to 9999: days and PostgreSQL's timestamps are not reliable beyond them. */
export const momentSchema = z.iso.datetime({ offset: true, abort: true }).refine(
  (text) => {
    const at = Date.parse(text);
    return at >= Date.parse('1970-01-01T00:00:00Z') && at <= Date.parse('9999-12-31T23:59:59.999Z');
  },
  { error: () => bilingual({ fr: 'hors des années 1970 à 9999', en: 'beyond the years 1970 to 9999' }) },
);

/** Whether a text that was taken as a day or an instant is a day. */
export const isDay = (at: string): boolean => daySchema.safeParse(at).success;

/** Whether two days, or two instants, are in order. A day and an instant are not compared: days begin at different instants. */
export const isInOrder = (from: string | undefined, to: string | undefined): boolean => {
  if (from === undefined || to === undefined || isDay(from) !== isDay(to)) return true;
  return isDay(from) ? from <= to : Date.parse(from) <= Date.parse(to);
};
