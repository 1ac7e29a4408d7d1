import { html, type Html } from '../../platform/http/html.js';
import { numberIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { categoryLabels, labelOf } from '../../shared/vocabulary.js';
import { figureAddress } from '../day/addresses.js';
import type { Report } from '../../reports/index.js';
import { placeOfReport, ticketsAddress } from '../reports/addresses.js';
import { pageWordsIn } from '../page/words.js';
import { barsOf, type BarRow } from './charts/bars.js';
import type { Board } from './read-board.js';
import type { CategoryFigures } from './read-categories.js';
import { barsOnWall } from './charts/wall-bars.js';

/** The sizes of the charts in pixels, each for the width at which it is shown. */
const sizes = {
  wide: { width: 960, font: 15, lines: 1.9 },
  narrow: { width: 360, font: 11, lines: 2.4 },
};

/** Tickets are active now; on a day that is over, at midnight. */
const backlogOf = ({ shown, today }: Board) =>
  ['backlog', shown === today ? 'backlog' : 'backlogAtMidnight'] as const;

const figuresOf = (board: Board) =>
  [['opened', 'opened'], ['resolved', 'resolved'], backlogOf(board)] as const;

/** The figures of an establishment on a wall, where no table stands below. */
export const wallFiguresOf = (board: Board) =>
  [
    ...figuresOf(board).slice(0, 2),
    ['resolvedSameDay', 'resolvedSameDay'] as const,
    backlogOf(board),
  ] as const;

/** The establishments that have any of the figures. */
export const establishmentRows = ({ shown: { date, establishments } }: Board, language: Language): BarRow[] =>
  establishments.map(({ code, name, status, ...figures }) => ({
    ...{ label: code, detail: name, name: `${code} – ${name}` },
    values: status === 'future' ? undefined : figures,
    unknown: pageWordsIn(language)('dayNotBegun'),
    linked: (figure) => figureAddress({ date, figure, establishment: code }),
  }));

/** The report that counts a figure by category. */
const reportOf: Record<string, Report | undefined> = {
  opened: 'responses',
  resolved: 'resolutions',
  backlog: 'ageing',
};

/** The address of the tickets of a category behind a figure; undefined where no report counts it. */
const addressOf = (
  figure: string,
  category: string,
  { date, position, at }: CategoryFigures,
): string | undefined => {
  const report = reportOf[figure];
  if (!report) return undefined;
  const chosen = { report, from: date, to: date, by: 'category', establishment: undefined } as const;
  return ticketsAddress(chosen, { report, group: category }, placeOfReport(position, at));
};

/** Undefined where the figures are not known. */
const categoryRows = ({ categories }: Board, language: Language): BarRow[] | undefined =>
  categories?.categories.map(({ category, ...values }) => {
    const label = labelOf(categoryLabels, category, language);
    return {
      ...{ label, name: label, values },
      linked: (figure) => addressOf(figure, category, categories) ?? '',
    };
  });

const drawn = (
  rows: readonly BarRow[],
  { board, language, label, letters }: { board: Board; language: Language; label: string; letters: number },
): Html =>
  html`${(['wide', 'narrow'] as const).map(
    (size) =>
      html`<div class="chart ${size}">
        ${barsOf(rows, { ...sizes[size], language, figures: figuresOf(board), label, letters })}
      </div>`,
  )}`;

/** The figures of each establishment as bars, above their table. */
export const establishmentBars = (board: Board, language: Language): Html | false => {
  const rows = establishmentRows(board, language);
  const label = pageWordsIn(language)('byEstablishment');
  return rows.length > 0 && drawn(rows, { board, language, label, letters: 9 });
};

/** The figures of each category as bars, and in numbers. */
export const categoryBars = (board: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const rows = categoryRows(board, language);
  if (!rows) return html`<p>${say('notKnownNow')}</p>`;
  if (rows.length === 0) return html`<p>${say('nothingCounted')}</p>`;
  const figures = figuresOf(board);
  const cells = ({ values, linked }: BarRow) =>
    figures.map(([figure]) => {
      const value = values?.[figure] ?? 0;
      const count = numberIn(language, value);
      return html`<td>
        ${value === 0 || !linked ? count : html`<a href="${linked(figure)}">${count}</a>`}
      </td>`;
    });
  return html`${drawn(rows, { board, language, label: say('byCategory'), letters: 22 })}
    <details>
      <summary>${say('chartInNumbers')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${say('category')}</th>
            ${figures.map(([, word]) => html`<th scope="col">${say(word)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.label}</th>
                ${cells(row)}
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
};

/** The categories for a screen on a wall. */
export const categoriesOnWall = (board: Board, language: Language): Html => {
  const say = pageWordsIn(language);
  const rows = categoryRows(board, language);
  if (!rows) return html`<p>${say('notKnownNow')}</p>`;
  if (rows.length === 0) return html`<p>${say('nothingCounted')}</p>`;
  const label = say('byCategory');
  const size = { width: 860, height: 640, font: 27, letters: 20 };
  return html`<div class="chart">
    ${barsOnWall(rows, { ...size, language, figures: figuresOf(board), label })}
  </div>`;
};
