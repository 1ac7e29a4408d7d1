import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Temporal } from 'temporal-polyfill';
import type { DayFigures } from '../../billets-quotidiens/index.js';
import { Html } from '../../platform/http/html.js';
import { numberIn } from '../../calendar/formatting.js';
import { locales, type Language } from '../../shared/text.js';
import { pageWordsIn } from '../page/words.js';

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

/** The colours of the chart; they differ in lightness as well as in hue, for people who do not see the hue. */
const colours = {
  opened: '#0b4f8a',
  resolved: '#5aa9a0',
  backlog: '#b3470e',
  line: '#d5dbe3',
  text: '#3b4757',
};

/** The sizes of the chart in pixels. Each is drawn for the width at which it is shown, so that its text has the right size there. */
const sizes = { wide: { width: 960, height: 400, font: 15 }, narrow: { width: 360, height: 300, font: 11 } };

/** Opened and resolved tickets of each day as bars, and the backlog as a line with a scale of its own. */
export const chartOf = (days: readonly DayFigures[], language: Language, size: keyof typeof sizes): Html => {
  const { width, height, font } = sizes[size];
  const say = pageWordsIn(language);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const label = {
    color: colours.text,
    fontSize: font,
    formatter: (value: number) => numberIn(language, value),
  };
  const scale = { type: 'value' as const, minInterval: 1, axisLabel: label };
  const values = (figure: 'opened' | 'resolved' | 'backlog') => ({
    name: say(figure),
    data: days.map(({ total }) => total[figure]),
    itemStyle: { color: colours[figure] },
  });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'inherit', fontSize: font },
    legend: { top: 0, itemGap: font, textStyle: { color: colours.text, fontSize: font } },
    grid: { left: 4, right: 4, top: font * 2.6, bottom: 0, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: days.map(({ date }, index) => dayLabel(date, index === 0, language)),
      axisTick: { show: false },
      axisLabel: { color: colours.text, fontSize: font, interval: 0 },
    },
    yAxis: [
      { ...scale, splitLine: { lineStyle: { color: colours.line } } },
      { ...scale, splitLine: { show: false } },
    ],
    series: [
      { type: 'bar', barGap: '8%', ...values('opened') },
      { type: 'bar', ...values('resolved') },
      { type: 'line', yAxisIndex: 1, symbolSize: 6, lineStyle: { width: 3 }, ...values('backlog') },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // Without a fixed size the chart fills its place; it is hidden from screen readers, which get the table beside it.
  return new Html(svg.replace(/^<svg width="\d+" height="\d+"/, '<svg aria-hidden="true" focusable="false"'));
};

/** The day of the month; with the month under it for the first day of the chart and of each month. */
const dayLabel = (date: string, isFirst: boolean, language: Language): string => {
  const day = Temporal.PlainDate.from(date);
  if (day.day !== 1 && !isFirst) return String(day.day);
  return `${day.day}\n${day.toLocaleString(locales[language], { month: 'short' })}`;
};
