import { relative } from 'node:path';

/** @typedef {{ testFilePath: string, perfStats: { start: number, end: number } }} SuiteResult */

const shown = 10;

/** Prints the ten slowest suites at the end of a run, so that whoever makes a suite slower sees it there. */
export default class SlowestSuites {
  /** @param {{ rootDir: string }} config */
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  /**
   * @param {unknown} _contexts
   * @param {{ testResults: SuiteResult[] }} results
   */
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length <= shown) return;
    const slowest = testResults
      .map(({ testFilePath, perfStats: { start, end } }) => ({ path: testFilePath, ms: end - start }))
      .sort((left, right) => right.ms - left.ms);
    const total = slowest.reduce((sum, { ms }) => sum + ms, 0);
    const lines = slowest
      .slice(0, shown)
      .map(({ path, ms }) => `  ${inSeconds(ms)} s  ${relative(this.rootDir, path)}\n`);
    process.stderr.write(
      `\nThe slowest of ${slowest.length} suites, ${inSeconds(total).trim()} s in all:\n${lines.join('')}`,
    );
  }
}

/** @param {number} ms */
const inSeconds = (ms) => (ms / 1000).toFixed(1).padStart(6);
