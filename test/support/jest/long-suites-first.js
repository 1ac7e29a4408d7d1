import sequencer from '@jest/test-sequencer';

// The package exports the class itself, but its types declare a module with the class as default.
const TestSequencer = /** @type {typeof sequencer.default} */ (/** @type {unknown} */ (sequencer));

/** @typedef {Parameters<InstanceType<typeof TestSequencer>['sort']>[0][number]} Test */

const longestFirst = ['test/faults/', 'test/e2e/', 'test/browser/', 'test/contract/'];

/**
 * Runs the longest suites first, so that none of them is left alone at the end of a run. Jest orders suites by their duration in the
 * last run; without one, as in a fresh checkout, it orders them by the size of their files, which says little: this orders by folder.
 */
export default class LongSuitesFirst extends TestSequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  sort(tests) {
    const sorted = /** @type {Test[]} */ (super.sort(tests));
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.sort((left, right) => rank(left) - rank(right));
  }
}

/** @param {Test} test */
const rank = ({ path }) => {
  const found = longestFirst.findIndex((folder) => path.includes(`/${folder}`));
  return found === -1 ? longestFirst.length : found;
};
