import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { pageWordsIn } from '../../page/words.js';
import { countIn, headOf, letterWidth, nameBefore, type BarFigure, type BarRow } from './bars.js';
import { round } from './scale.js';

interface WallBarsOptions {
  language: Language;
  figures: readonly BarFigure[];
  /** What the rows are. */
  label: string;
  /** What the rows fill, however many they are. */
  width: number;
  height: number;
  font: number;
  /** The width of the names, in letters, where they stand before their bars; over them, on the whole width, where it is left out. */
  letters?: number;
}

/** No letter or digit of the fonts that are used is wider on average, capitals included. */
const widestLetter = 0.68;
/** Of the names over the bars, and of the words over the rows, in lines. */
const [nameHeight, headHeight] = [1.4, 2.6];
/** Where there is room for more, bars are no thicker, in lines, and their numbers no larger. */
const [maxThickness, maxNumber] = [3.2, 1.5];

/**
 * Bars to be read from across a room: they fill what there is, every number stands at its bar, and no name is cut. Nobody points at them,
 * and so they have neither axes nor links.
 */
export const barsOnWall = (rows: readonly BarRow[], options: WallBarsOptions): Html => {
  const { language, figures, label, width, height, font, letters } = options;
  const before = letters === undefined ? 0 : font * (letterWidth * letters + 1);
  const over = letters === undefined ? font * nameHeight : 0;
  const top = font * headHeight;
  const rowHeight = (height - top) / rows.length;
  const thick = Math.min((rowHeight - over) * 0.75, font * maxThickness);
  const size = Math.max(font, Math.min(thick * 0.6, font * maxNumber));
  const step = (width - before) / figures.length;
  const say = pageWordsIn(language);
  const columns = figures.map(([figure, word], index) => {
    const counts = rows.map(({ values }) => countIn(language, values?.[figure]));
    const room = Math.max(...counts.map(({ length }) => length)) * size * widestLetter + font;
    const longest = Math.max(1, ...rows.map(({ values }) => values?.[figure] ?? 0));
    return { figure, word, left: before + step * index, perTicket: (step - room) / longest };
  });
  const heads = columns.map(({ word, left }) =>
    headOf(say(word), { x: left, y: top - font * 0.6, width: step, font }),
  );
  const drawn = rows.map((row, index) => {
    const y = top + rowHeight * (index + 0.5) + over / 2;
    const bars = columns.map(({ figure, left, perTicket }) => {
      const length = (row.values?.[figure] ?? 0) * perTicket;
      return html`<rect
          class="${figure}"
          x="${round(left)}"
          y="${round(y - thick / 2)}"
          width="${round(length)}"
          height="${round(thick)}"
        />
        <text
          class="count"
          x="${round(left + length + font * 0.3)}"
          y="${round(y + size * 0.36)}"
          font-size="${round(size)}"
          >${countIn(language, row.values?.[figure])}</text
        >`;
    });
    return html`<g class="bar" data-row="${row.label}" role="img" aria-label="${wordsOf(row, options)}">
      ${letters === undefined ? nameOver(row, { y: y - thick / 2 - font * 0.4, width, font }) : nameBefore(row, { x: before - font * 0.5, y, font })}
      ${bars}
    </g>`;
  });
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="xMidYMin meet"
    font-size="${font}"
    role="group"
    aria-label="${label}"
  >
    ${heads} ${drawn}
  </svg>`;
};

/** «MCQ – CIUSSS de la Mauricie-et-du-Centre-du-Québec: Ouverts 167, Résolus 94». */
const wordsOf = ({ name, values, unknown }: BarRow, { language, figures }: WallBarsOptions): string => {
  const counts = figures.map(
    ([figure, word]) => `${pageWordsIn(language)(word)} ${countIn(language, values?.[figure])}`,
  );
  return `${name}: ${values === undefined && unknown ? unknown : counts.join(', ')}`;
};

/** The label, and beside it the longer name: in smaller letters where it needs them to be whole. */
const nameOver = (
  { label, detail = '' }: BarRow,
  { y, width, font }: { y: number; width: number; font: number },
): Html => {
  const x = font * (widestLetter * label.length + 0.9);
  const size = Math.min(font * 0.8, (width - x) / (Math.max(1, detail.length) * widestLetter));
  return html`<text class="row-name" x="0" y="${round(y)}">${label}</text>
    <text x="${round(x)}" y="${round(y)}" font-size="${round(size)}">${detail}</text>`;
};
