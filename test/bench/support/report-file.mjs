import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const reports = fileURLToPath(new URL('../../../reports/', import.meta.url));

/**
 * The results of a run, written as JSON.
 * @typedef {Record<string, unknown>} Report
 * @typedef {{ cpu: string | undefined, cores: number, node: string }} Machine
 * @typedef {Report & { at: string, machine: Machine, loadBefore: number }} BegunReport
 */

/**
 * The beginning of every report: the time, the machine, and its load in the minute before.
 * @param {object} options
 * @returns {BegunReport}
 */
export const beginReport = (options) => ({
  at: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
  loadBefore: loadNow(),
  options,
});

/** How many processes were running, or waiting to, in the minute before. */
export const loadNow = () => loadavg()[0] ?? Number.NaN;

/**
 * Where a report is written: `reports/bench-<name>.json`; `reports/bench.json` for that of all benchmarks, which has no name.
 * @param {string} name
 */
export const reportPath = (name) => `${reports}${['bench', name].filter(Boolean).join('-')}.json`;

/**
 * Writes a report, and returns its text.
 * @param {string} name
 * @param {Report} report
 */
export const writeReport = async (name, report) => {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await mkdir(reports, { recursive: true });
  await writeFile(reportPath(name), text);
  return text;
};
