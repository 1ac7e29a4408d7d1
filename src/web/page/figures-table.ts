import type { DayFigures } from '../../billets-quotidiens/index.js';
import { html, type Html } from '../../platform/http/html.js';
import { numberIn } from '../../calendar/formatting.js';
import type { Language } from '../../shared/text/text.js';
import { pageWordsIn, type PageWord } from './words.js';

type Figure = keyof DayFigures['total'];

/** A column: its figure and its heading. */
export type FigureColumn = readonly [Figure, PageWord];

interface FiguresTableOptions {
  columns: readonly FigureColumn[];
  language: Language;
  /** The address that a cell links to; its establishment is undefined in the row of the total. */
  linked?: (figure: Figure, establishment: string | undefined) => string | undefined;
}

/** The table of the figures of each establishment and in total; a cell other than zero may be a link. */
export const figuresTable = (
  { establishments, total }: Pick<DayFigures, 'establishments' | 'total'>,
  { columns, language, linked = () => undefined }: FiguresTableOptions,
): Html => {
  const say = pageWordsIn(language);
  if (establishments.length === 0) return html`<p>${say('nothingCounted')}</p>`;
  const cells = (figures: DayFigures['total'], code: string | undefined) =>
    columns.map(([figure]) => {
      const count = numberIn(language, figures[figure]);
      const href = figures[figure] === 0 ? undefined : linked(figure, code);
      return html`<td>${href === undefined ? count : html`<a href="${href}">${count}</a>`}</td>`;
    });
  const rows = establishments.map(
    ({ code, name, status, ...figures }) =>
      html`<tr>
        <th scope="row">
          <abbr title="${name}">${code}</abbr>
          <span class="long">${name}</span>
          ${status === 'future' && html`<span class="hint">${say('dayNotBegun')}</span>`}
        </th>
        ${cells(figures, code)}
      </tr> `,
  );
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${say('byEstablishment')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${say('establishment')}</th>
          ${columns.map(([, word]) => html`<th scope="col">${say(word)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${say('total')}</th>
          ${cells(total, undefined)}
        </tr>
      </tfoot>
    </table>
  </div>`;
};
