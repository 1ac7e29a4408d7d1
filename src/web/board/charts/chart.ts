import { Temporal } from 'temporal-polyfill';
import type { DayFigures } from '../../../billets-quotidiens/index.js';
import { capitalized, numberIn, weekdayIn } from '../../../calendar/formatting.js';
import { html, type Html } from '../../../platform/http/html.js';
import { locales, type Language } from '../../../shared/text/text.js';
import { pageWordsIn } from '../../page/words.js';
import { round, scaleOf } from './scale.js';

/** The sizes of the chart in pixels. Each is drawn for the width at which it is shown, so that its text has the right size there. */
const sizes = {
  wide: { width: 960, height: 400, font: 15 },
  narrow: { width: 360, height: 300, font: 11 },
  wall: { width: 860, height: 300, font: 22 },
};

/** The figures of the chart: two as bars, and one as a line with a scale of its own. */
export const chartFigures = [
  ['opened', 'opened'],
  ['resolved', 'resolved'],
  ['backlog', 'backlogAtMidnight'],
] as const;

type Day = Pick<DayFigures, 'date' | 'total'>;

interface ChartOptions {
  language: Language;
  size: keyof typeof sizes;
  /** Whether each day leads to its page. */
  isLinked: boolean;
}

/** Opened and resolved tickets of each day as bars, and the backlog as a line; the values of the day that is pointed at, in words. */
export const chartOf = (days: readonly Day[], { language, size, isLinked }: ChartOptions): Html => {
  const { width, height, font } = sizes[size];
  const say = pageWordsIn(language);
  const plot = { left: font * 3, right: width - font * 3, top: font * 3.4, bottom: height - font * 2.8 };
  const perDay = scaleOf(
    days.flatMap(({ total }) => [total.opened, total.resolved]),
    { from: plot.bottom, to: plot.top },
  );
  const active = scaleOf(
    days.map(({ total }) => total.backlog),
    { from: plot.bottom, to: plot.top },
  );
  const step = (plot.right - plot.left) / days.length;
  const [gap, bar] = [step * 0.1, step * 0.36];
  const centre = (index: number) => plot.left + step * (index + 0.5);
  const points = days.map(({ total }, index) => `${round(centre(index))},${round(active.at(total.backlog))}`);
  const drawn = days.map((day, index) => {
    const left = plot.left + step * index;
    const box = (figure: 'opened' | 'resolved', x: number) => {
      const y = perDay.at(day.total[figure]);
      return html`<rect
        class="${figure}"
        x="${round(x)}"
        y="${round(y)}"
        width="${round(bar)}"
        height="${round(plot.bottom - y)}"
      />`;
    };
    const marks = html`<rect
        class="hit"
        x="${round(left)}"
        y="${round(plot.top)}"
        width="${round(step)}"
        height="${round(height - plot.top)}"
      />
      ${box('opened', left + gap)} ${box('resolved', left + gap + bar + step * 0.04)}
      <text class="values" x="${width / 2}" y="${round(font * 2.5)}" text-anchor="middle"
        >${valuesOf(day, language)}</text
      >`;
    return isLinked
      ? html`<a class="day" href="/jours/${day.date}" aria-label="${valuesOf(day, language)}">${marks}</a>`
      : html`<g class="day">${marks}</g>`;
  });
  const name = (word: 'ticketsPerDay' | 'backlogAtMidnight', x: number, anchor: 'start' | 'end') =>
    html`<text class="axis" x="${x}" y="${font}" text-anchor="${anchor}">${say(word)}</text>`;
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    font-size="${font}"
    role="group"
    aria-label="${say('lastDays')}"
  >
    ${name('ticketsPerDay', 0, 'start')} ${name('backlogAtMidnight', width, 'end')}
    ${perDay.ticks.map(
      (value) =>
        html`<line
            x1="${plot.left}"
            x2="${plot.right}"
            y1="${round(perDay.at(value))}"
            y2="${round(perDay.at(value))}"
          />
          <text
            class="tick"
            x="${plot.left - font * 0.5}"
            y="${round(perDay.at(value) + font * 0.35)}"
            text-anchor="end"
            >${numberIn(language, value)}</text
          >`,
    )}
    ${active.ticks.map(
      (value) =>
        html`<text class="tick" x="${plot.right + font * 0.5}" y="${round(active.at(value) + font * 0.35)}"
          >${numberIn(language, value)}</text
        >`,
    )}
    ${drawn}
    <g class="labels" aria-hidden="true">
      ${days.map(({ date }, index) => dayLabel(date, index === 0, { x: centre(index), y: plot.bottom + font * 1.2, font, language }))}
    </g>
    <g class="backlog">
      <polyline points="${points.join(' ')}" />
      ${points.map((point) => {
        const [x = '', y = ''] = point.split(',');
        return html`<circle cx="${x}" cy="${y}" r="${round(font * 0.25)}" />`;
      })}
    </g>
  </svg>`;
};

/** What the colours mean; the shapes say it too. */
export const chartLegend = (language: Language): Html =>
  html`<ul class="legend" aria-hidden="true">
    ${chartFigures.map(([figure, word]) => html`<li class="${figure}">${pageWordsIn(language)(word)}</li>`)}
  </ul>`;

/** «Vendredi 15 mai: Ouverts 1 107, Résolus 1 085, Actifs à minuit 206». */
const valuesOf = ({ date, total }: Day, language: Language): string => {
  const values = chartFigures.map(
    ([figure, word]) => `${pageWordsIn(language)(word)} ${numberIn(language, total[figure])}`,
  );
  return `${capitalized(weekdayIn(language, date))}: ${values.join(', ')}`;
};

/** The day of the month; with the month under it for the first day of the chart and of each month. */
const dayLabel = (
  date: string,
  isFirst: boolean,
  { x, y, font, language }: { x: number; y: number; font: number; language: Language },
): Html => {
  const day = Temporal.PlainDate.from(date);
  const month = day.toLocaleString(locales[language], { month: 'short' });
  const label = (text: string | number, at: number) =>
    html`<text class="label" x="${round(x)}" y="${round(at)}" text-anchor="middle">${text}</text>`;
  return html`${label(day.day, y)} ${(day.day === 1 || isFirst) && label(month, y + font * 1.2)}`;
};
