import { Temporal } from 'temporal-polyfill';
import type { Contents, Releve } from '../../../../bulletins/index.js';
import type { Day } from '../../../../calendar/local-days.js';
import type { Language } from '../../../../shared/text.js';
import { dayBefore } from '../../../../calendar/local-days.js';
import { releveRow, type ReleveRow } from '../draft-form.js';
import { knownReleves } from './known-releves.js';

/** A bulletin that a new one starts from. */
export interface Earlier {
  date: Day;
  contents: Contents;
}

/**
 * The relevés to ask for besides those that are written: those of the last bulletin, as far from its date, and those the
 * bulletin has a sentence for. What they are is offered; what they were then is not: a figure is never copied.
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
    .filter(({ code }) => !before.some((one) => one.code === code))
    .map(({ code, unit, on }) => ({ code, unit, day: on === 'ticket-day' ? ticketDay : dayBefore(date) }));
  return [...before, ...known]
    .filter(({ code }) => !written.has(code))
    .sort((one, other) => rank(one.code) - rank(other.code))
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

/** As many days before the one date as it was before the other. */
const movedWith = (date: Day, earlierDate: Day, day: Day): Day =>
  Temporal.PlainDate.from(date).subtract(Temporal.PlainDate.from(day).until(earlierDate)).toString();

/** Those that have a sentence come first, as the bulletin has them. */
const rank = (code: string): number => {
  const at = knownReleves.findIndex((known) => known.code === code);
  return at < 0 ? knownReleves.length : at;
};
