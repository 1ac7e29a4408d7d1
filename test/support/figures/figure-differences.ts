import { figureNames, noFigures, type DayFigures, type Figures } from './figures.js';
import { fiveZones } from './five-zones.js';

type Days = Record<string, DayFigures>;

/** The change of every figure between two answers. An establishment where nothing was counted may be missing in an answer. */
export const difference = (after: Days, before: Days): Days =>
  Object.fromEntries(
    Object.entries(after).map(([date, { establishments, total }]) => [
      date,
      {
        establishments: Object.fromEntries(
          Object.keys(fiveZones).map((code) => [
            code,
            minus(establishments[code], before[date]?.establishments[code]),
          ]),
        ),
        total: minus(total, before[date]?.total),
      },
    ]),
  );

/** The figures that differ, one line each: the whole range is twenty thousand numbers. */
export const mistakes = (answered: Days, naive: Days) =>
  Object.entries(naive).flatMap(([date, { establishments, total }]) =>
    Object.entries({ ...establishments, total }).flatMap(([code, expected]) => {
      const day = answered[date];
      const figures = code === 'total' ? day?.total : day?.establishments[code];
      const differing = figureNames.filter((name) => figures?.[name] !== expected[name]);
      return differing.map((name) => `${date} ${code} ${name}: ${figures?.[name]}, not ${expected[name]}`);
    }),
  );

const minus = (after: Figures = noFigures(), before: Figures = noFigures()): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, after[name] - before[name]])) as Figures;
