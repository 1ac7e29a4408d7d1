import sequencer from '@jest/test-sequencer';

// The package's module gives the class itself, its types a module around it.
const TestSequencer = /** @type {typeof sequencer.default} */ (/** @type {unknown} */ (sequencer));

/** @typedef {Parameters<InstanceType<typeof TestSequencer>['sort']>[0][number]} Test */

const longestFirst = ['test/faults/', 'test/e2e/', 'test/browser/', 'test/contract/'];

/**
 * Begins with the suites that last longest, so that none of them is left alone at the end of a run. Jest does so by what the last run
 * took; where there was none, as in a fresh checkout, it goes by the size of files, which says little: here it goes by their folder.
 */
export default class LongSuitesFirst extends TestSequencer {
  /**
   * @override
   * @param {Test[]} tests
   */
  sort(tests) {
    const sorted = /** @type {Test[]} */ (super.sort(tests));
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

/** @param {Test} test */
const rank = ({ path }) => {
  const found = longestFirst.findIndex((folder) => path.includes(`/${folder}`));
  return found === -1 ? longestFirst.length : found;
};
