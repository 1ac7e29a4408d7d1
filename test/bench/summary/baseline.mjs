import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('../baseline.json', import.meta.url);

/**
 * What each ratio was, when, and on which machine: ratios of another number of cores can't be compared.
 * @import { Machine } from '../support/report-file.mjs'
 * @typedef {{ at: string, machine: Machine, loadBefore: number, ratios: Record<string, number> }} Baseline
 */

/** The committed baseline; undefined where there is none. */
export const readBaseline = async () => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : /** @type {Baseline} */ (JSON.parse(text));
};

/** @param {Baseline} baseline */
export const writeBaseline = (baseline) => writeFile(file, `${JSON.stringify(baseline, undefined, 2)}\n`);
