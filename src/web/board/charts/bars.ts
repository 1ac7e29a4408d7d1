import { numberIn } from '../../../calendar/formatting.js';
import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import type { Figure } from '../../day/columns.js';
import { pageWordsIn, type PageWord } from '../../page/words.js';
import { round, scaleOf } from './scale.js';

/** What has a bar of each figure: an establishment or a category. */
export interface BarRow {
  /** What stands before its bars, or over them. */
  label: string;
  /** A longer name, shown beside the label where it stands over the bars. */
  detail?: string;
  /** What it is called in words. */
  name: string;
  /** Undefined where nothing is known yet. */
  values: Partial<Record<Figure, number>> | undefined;
  /** Why nothing is known. */
  unknown?: string;
  /** The address of the tickets behind a figure. */
  linked?: (figure: Figure) => string;
}

export type BarFigure = readonly [figure: Figure, word: PageWord];

interface BarsOptions {
  language: Language;
  figures: readonly BarFigure[];
  /** What the rows are. */
  label: string;
  width: number;
  font: number;
  /** The width of what stands before the bars, in letters. */
  letters: number;
  /** The height of a row, in lines. */
  lines: number;
}

/** The room for a number behind the longest bar, in letters. */
const numberRoom = 4;
/** An average letter is so much narrower than the font is high. */
export const letterWidth = 0.58;

/** A row of bars for each establishment or category: side by side a part for every figure, each with a scale of its own, from 0. */
export const barsOf = (rows: readonly BarRow[], options: BarsOptions): Html => {
  const { language, figures, label, width, font, letters, lines } = options;
  const [before, rowHeight] = [font * letterWidth * letters, font * lines];
  const top = font * 3.6;
  const bottom = top + rowHeight * rows.length;
  const step = (width - before) / figures.length;
  const parts = figures.map(([figure, word], index) => {
    const left = before + step * index + font * 0.5;
    const right = before + step * (index + 1) - font * letterWidth * numberRoom - font * 0.5;
    const values = rows.map((row) => row.values?.[figure] ?? 0);
    return { figure, word, left, ...scaleOf(values, { from: left, to: right, maxTicks: 2 }) };
  });
  return html`<svg
    viewBox="0 0 ${width} ${round(bottom + font * 1.6)}"
    preserveAspectRatio="xMidYMin meet"
    font-size="${font}"
    role="group"
    aria-label="${label}"
  >
    ${parts.map(
      ({ word, left, ticks, at }) =>
        html`${headOf(pageWordsIn(language)(word), { x: left, y: font * 2.9, width: step, font })}
        ${ticks.map(
          (value) =>
            html`<line
                x1="${round(at(value))}"
                x2="${round(at(value))}"
                y1="${round(top)}"
                y2="${round(bottom)}"
              />
              <text
                class="tick"
                x="${round(at(value))}"
                y="${round(bottom + font * 1.2)}"
                font-size="${round(font * 0.85)}"
                text-anchor="middle"
                >${numberIn(language, value)}</text
              >`,
        )}`,
    )}
    ${rows.map((row, index) => {
      const y = top + rowHeight * (index + 0.5);
      const box = { y, height: rowHeight, width: step, font, middle: width / 2 };
      return html`<g data-row="${row.label}">
        ${nameBefore(row, { x: before, y, font })}
        ${parts.map((part) => barOf(row, part, { ...box, language }))}
      </g>`;
    })}
  </svg>`;
};

interface BarBox {
  language: Language;
  y: number;
  height: number;
  width: number;
  font: number;
  /** Where the words of what is pointed at stand. */
  middle: number;
}

const barOf = (
  row: BarRow,
  { figure, word, left, at }: { figure: Figure; word: PageWord; left: number; at: (value: number) => number },
  { language, y, height, width, font, middle }: BarBox,
): Html => {
  const say = pageWordsIn(language);
  const value = row.values?.[figure];
  const count = countIn(language, value);
  const words = `${row.name}: ${say(word)} ${value === undefined ? (row.unknown ?? count) : count}`;
  const isLinked = row.linked !== undefined && value !== undefined && value > 0;
  const end = at(value ?? 0);
  const [thick, hit] = [height * 0.62, height * 0.96];
  const marks = html`<rect
      class="hit"
      x="${round(left)}"
      y="${round(y - hit / 2)}"
      width="${round(width - font)}"
      height="${round(hit)}"
    />
    ${value !== undefined && html`<rect class="${figure}" x="${round(left)}" y="${round(y - thick / 2)}" width="${round(end - left)}" height="${round(thick)}" />`}
    <text class="values" x="${round(middle)}" y="${round(font * 1.1)}" text-anchor="middle">${words}</text>`;
  // Beside the link, whose words say the number too; a pointer at it meets the bar below.
  const number = html`<text
    class="count${isLinked && ' linked'}"
    x="${round(end + font * 0.3)}"
    y="${round(y + font * 0.35)}"
    >${count}</text
  >`;
  return isLinked && row.linked
    ? html`<a class="bar" href="${row.linked(figure)}" aria-label="${words}">${marks}</a>${number}`
    : html`<g class="bar">${marks}</g>${number}`;
};

/** What stands over a column, in lines that end at `y`. */
export const headOf = (
  text: string,
  { x, y, width, font }: { x: number; y: number; width: number; font: number },
): Html[] =>
  linesOf(text, width / (font * letterWidth) - 1).map(
    (line, index, all) =>
      html`<text class="axis" x="${round(x)}" y="${round(y - font * 1.1 * (all.length - 1 - index))}"
        >${line}</text
      >`,
  );

/** What a row is called, before its bars: it ends at `x`. */
export const nameBefore = ({ label }: BarRow, { x, y, font }: { x: number; y: number; font: number }): Html =>
  html`<text class="row-name" x="${round(x)}" y="${round(y + font * 0.35)}" text-anchor="end"
    >${label}</text
  >`;

/** A count, or that nothing is known. */
export const countIn = (language: Language, value: number | undefined): string =>
  value === undefined ? '–' : numberIn(language, value);

/** The words of a text in lines of so many letters. */
const linesOf = (text: string, letters: number): string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const line = lines.at(-1);
    return line !== undefined && line.length + word.length < letters
      ? [...lines.slice(0, -1), `${line} ${word}`]
      : [...lines, word];
  }, []);
