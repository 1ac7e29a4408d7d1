import { escapeDocumentText as escape } from '../../../platform/http/html.js';
import type { ChartBlock } from './blocks.js';
import { colours } from '../style.js';

export const chartSize = { width: 520, height: 190 };
const plot = { left: 8, right: 512, top: 44, bottom: 164 };
const barWidth = 27;
/** Each has a contrast of 3 on white, and they differ in lightness: they are told apart in grey, too. */
const fills = [colours.deep, colours.chart] as const;

const font = (size: number): string =>
  `font-family="Roboto, 'Open Sans', 'Segoe UI', 'Noto Sans', sans-serif" font-size="${size}" fill="${colours.text}"`;

/** The chart as the inside of an SVG: two bars a day, each with its number above it. The same for a browser and for the PDF. */
const drawn = ({ series, days }: ChartBlock): string => {
  const most = Math.max(1, ...days.flatMap(({ values }) => values));
  const slot = (plot.right - plot.left) / Math.max(1, days.length);
  const legend = series.map((name, index) => {
    const x = plot.left + index * 120;
    return `<rect x="${x}" y="8" width="11" height="11" fill="${fills[index] ?? ''}"/><text x="${x + 17}" y="17.5" ${font(11)}>${escape(name)}</text>`;
  });
  const bars = days.map(({ short, values, shown }, at) => {
    const middle = plot.left + slot * (at + 0.5);
    const pair = values.map((value, index) => {
      const height = ((plot.bottom - plot.top) * value) / most;
      const [x, y] = [middle + (index === 0 ? -barWidth - 1 : 1), plot.bottom - height];
      return `<rect x="${round(x)}" y="${round(y)}" width="${barWidth}" height="${round(height)}" fill="${fills[index] ?? ''}"/><text x="${round(x + barWidth / 2)}" y="${round(y - 4)}" text-anchor="middle" ${font(10)}>${escape(shown[index] ?? '')}</text>`;
    });
    return `${pair.join('')}<text x="${round(middle)}" y="${plot.bottom + 16}" text-anchor="middle" ${font(11)}>${escape(short)}</text>`;
  });
  const axis = `<path d="M${plot.left} ${plot.bottom}H${plot.right}" stroke="${colours.hint}" stroke-width="1"/>`;
  return [...legend, ...bars, axis].join('');
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** `about` has further attributes of the picture. */
export const chartSvg = (chart: ChartBlock, about = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${chartSize.width} ${chartSize.height}"${about}>${drawn(chart)}</svg>`;
