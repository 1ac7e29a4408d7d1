import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const reports = fileURLToPath(new URL('../../reports/', import.meta.url));

/**
 * The results of a run, written as JSON.
 * @typedef {Record<string, unknown>} Report
 */

/**
 * The beginning of every report: the time, the machine, and its load in the minute before.
 * @param {object} options
 * @returns {Report}
 */
export const beginReport = (options) => ({
  at: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
  loadBefore: loadavg()[0],
  options,
});

/**
 * Writes `reports/bench-<name>.json`, and returns its text.
 * @param {string} name
 * @param {Report} report
 */
export const writeReport = async (name, report) => {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  await mkdir(reports, { recursive: true });
  await writeFile(`${reports}bench-${name}.json`, text);
  return text;
};
