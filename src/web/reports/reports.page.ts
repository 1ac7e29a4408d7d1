import type { Behind } from '../../billets-quotidiens/index.js';
import {
  groupingLabels,
  groupings,
  reportLabels,
  reports,
  type Grouping,
  type ReadReportAnswer,
  type ReportSums,
} from '../../reports/index.js';
import { dayIn, momentIn } from '../../calendar/formatting.js';
import type { Day } from '../../calendar/local-days.js';
import type { Establishment } from '../../establishments/index.js';
import type { Instant } from '../../shared/instant.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language, Text } from '../../shared/text/text.js';
import { categoryLabels, labelOf } from '../../shared/vocabulary.js';
import { lacking } from '../board/warnings.js';
import { behindWarning } from '../page/behind-warning.js';
import { downloads } from '../page/downloads.js';
import { pageWordsIn } from '../page/words.js';
import { placeOfReport, ticketsAddress, type ChosenReport } from './addresses.js';
import { reportColumns } from './report-columns.js';
import { explanations, reportWordsIn } from './words.js';

export interface ShownReport {
  chosen: ChosenReport;
  read: ReadReportAnswer;
  /** By when the ages of tickets are told. */
  at: Instant;
  behind: Behind | undefined;
  /** Those that whoever asks may choose from. */
  establishments: readonly Establishment[];
  newest: Day;
  timeZone: string;
}

/** The page of a report: a form, its groups with a bar each, and its files. */
export const reportsMain = (shown: ShownReport, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = reportWordsIn(language);
  const { chosen, read, behind, timeZone } = shown;
  const { report, from, to } = chosen;
  return html`<h1>${reportLabels[report][language]}</h1>
    ${behindWarning(behind, language)}
    ${read.incomplete > 0 && html`<p class="warning">${lacking(read.incomplete, language)}</p>`}
    ${chooser(shown, language)}
    <section class="card" aria-labelledby="report-title">
      <h2 id="report-title">
        ${report === 'ageing' ? dayIn(language, to) : html`${dayIn(language, from)} – ${dayIn(language, to)}`}
      </h2>
      <p class="definition">${explanations[report][language]}</p>
      ${read.total.tickets + read.total.opened === 0 ? html`<p>${own('none')}</p>` : reportTable(shown, language)}
      ${downloads(fileAddress(chosen), `${report}-${from}_${to}`, language)}
    </section>
    <p class="hint">${own('ranks')}</p>
    <p class="hint">
      ${say('knownAt')} ${momentIn(language, read.knownAt, timeZone)} (${timeZone}), ${say('position')}
      ${read.position}
    </p>`;
};

const fileAddress = ({ report, from, to, by, establishment }: ChosenReport): string => {
  const query = new URLSearchParams({ from, to });
  if (by) query.set('by', by);
  if (establishment) query.set('establishment', establishment);
  return `/v1/reports/${report}?${query.toString()}`;
};

const chooser = ({ chosen, establishments, newest }: ShownReport, language: Language): Html => {
  const own = reportWordsIn(language);
  const option = (value: string, text: string, selected: boolean) =>
    html`<option value="${value}" ${selected && html`selected`}>${text}</option>`;
  const named = <Name extends string>(
    names: readonly Name[],
    labels: Record<Name, Text>,
    here: string | undefined,
  ) => names.map((name) => option(name, labels[name][language], name === here));
  const day = (name: 'from' | 'to') =>
    html`<label
      >${own(name)} <input type="date" name="${name}" value="${chosen[name]}" max="${newest}" required
    /></label>`;
  return html`<form class="chooser reports" method="get" action="/rapports" aria-label="${own('report')}">
    <label
      >${own('report')}
      <select name="report">
        ${named(reports, reportLabels, chosen.report)}
      </select></label
    >
    ${day('from')} ${day('to')}
    <label
      >${own('by')}
      <select name="by">
        ${option('', own('nothing'), chosen.by === undefined)} ${named(groupings, groupingLabels, chosen.by)}
      </select></label
    >
    <label
      >${groupingLabels.establishment[language]}
      <select name="establishment">
        ${option('', own('everywhere'), chosen.establishment === undefined)}
        ${establishments.map(({ code, name }) => option(code, name, code === chosen.establishment))}
      </select></label
    >
    <button>${own('show')}</button>
  </form>`;
};

/** A group by its key, as people read it. */
export const nameOfGroup = (by: Grouping | undefined, key: string | null, language: Language): string => {
  if (key === null) return reportWordsIn(language)('withoutTeam');
  if (by === 'category') return labelOf(categoryLabels, key, language);
  return by === 'day' ? dayIn(language, key) : key;
};

const reportTable = ({ chosen, read, at, establishments }: ShownReport, language: Language): Html => {
  const say = pageWordsIn(language);
  const own = reportWordsIn(language);
  const { by, report } = chosen;
  const { columns, bar } = reportColumns[report];
  const greatest = Math.max(...read.groups.map((sums) => bar.value(sums) ?? 0));
  const place = placeOfReport(read.position, at);
  const cells = (sums: ReportSums, group?: string | null) =>
    columns.map(({ value, shown, word, tickets }) => {
      const found = value(sums);
      if (found === null) return html`<td>–</td>`;
      if (!tickets || found === 0) return html`<td>${shown(language, found)}</td>`;
      const of = group === undefined ? say('total') : nameOfGroup(by, group, language);
      return html`<td>
        <a
          href="${ticketsAddress(chosen, { ...tickets, group }, place)}"
          aria-label="${own('whichTickets')}: ${of}, ${own(word)}, ${shown(language, found)}"
          >${shown(language, found)}</a
        >
      </td>`;
    });
  const nameOf = (key: string | null): Html | string => {
    if (by !== 'establishment' || key === null) return nameOfGroup(by, key, language);
    const establishment = establishments.find(({ code }) => code === key);
    return establishment
      ? html`<abbr title="${establishment.name}">${key}</abbr>
          <span class="long">${establishment.name}</span>`
      : key;
  };
  const rows = read.groups.map((sums) => {
    const share = greatest === 0 ? 0 : Math.round((100 * (bar.value(sums) ?? 0)) / greatest);
    return html`<tr>
      <th scope="row">${nameOf(sums.key)}</th>
      ${cells(sums, sums.key)}
      <td class="share" aria-hidden="true"><span style="width: ${share}%"></span></td>
    </tr>`;
  });
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${reportLabels[report][language]}">
    <table class="reports">
      <thead>
        <tr>
          <th scope="col">${by ? groupingLabels[by][language] : say('total')}</th>
          ${columns.map(({ word }) => html`<th scope="col">${own(word)}</th>`)}
          <td class="share-of" aria-hidden="true">${by && own(bar.word)}</td>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${say('total')}</th>
          ${cells(read.total)}
          <td aria-hidden="true"></td>
        </tr>
      </tfoot>
    </table>
  </div>`;
};
