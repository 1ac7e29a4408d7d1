import { Temporal } from 'temporal-polyfill';
import type { Contents, Releve } from '../../../../bulletins/index.js';
import type { Day } from '../../../../calendar/local-days.js';
import type { Language } from '../../../../shared/text/text.js';
import { dayBefore } from '../../../../calendar/local-days.js';
import { releveRow, type ReleveRow } from '../draft-form.js';
import { knownReleves } from './known-releves.js';

/** The earlier bulletin that a new one starts from. */
export interface Earlier {
  date: Day;
  contents: Contents;
}

/**
 * The empty relevés to offer besides those that are written: those of the last bulletin, as many days before the new date as before
 * the old, and those that the bulletin has a sentence for. Labels, units, targets and sources are copied; values never are.
 */
export const offeredReleves = (
  date: Day,
  {
    contents: { ticketDay, releves },
    earlier,
    language,
  }: {
    contents: { ticketDay: string; releves: readonly { code: string }[] };
    earlier: Earlier | undefined;
    language: Language;
  },
): ReleveRow[] => {
  const written = new Set(releves.map(({ code }) => code));
  const before = (earlier?.contents.releves ?? []).map((releve) => ({
    ...about(releve),
    day: earlier === undefined ? '' : movedWith(date, earlier.date, releve.day),
  }));
  const known = knownReleves
    .filter(({ code }) => !before.some((releve) => releve.code === code))
    .map(({ code, unit, on }) => ({ code, unit, day: on === 'ticket-day' ? ticketDay : dayBefore(date) }));
  return [...before, ...known]
    .filter(({ code }) => !written.has(code))
    .sort((a, b) => rank(a.code) - rank(b.code))
    .map((releve) => releveRow(releve, language));
};

const about = ({
  code,
  label,
  unit,
  target,
  targetNote,
  source,
}: Releve): Partial<Releve> & { code: string } => ({
  ...{ code, label, unit, target, targetNote, source },
});

/** The day that is as many days before `date` as `day` is before `earlierDate`. */
const movedWith = (date: Day, earlierDate: Day, day: Day): Day =>
  Temporal.PlainDate.from(date).subtract(Temporal.PlainDate.from(day).until(earlierDate)).toString();

/** The place of a relevé in the form: those with a sentence come first, in the bulletin's order. */
const rank = (code: string): number => {
  const at = knownReleves.findIndex((known) => known.code === code);
  return at < 0 ? knownReleves.length : at;
};
