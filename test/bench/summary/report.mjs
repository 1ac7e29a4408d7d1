import { table } from '../support/report.mjs';
import { format } from './compare.mjs';

/** @import { ComparedRatio } from './compare.mjs' */

/** @param {number} change */
const signed = (change) => {
  const percents = Math.round(change * 100);
  return `${percents > 0 ? '+' : percents < 0 ? '−' : ''}${Math.abs(percents)} %`;
};

/** @param {ComparedRatio} ratio */
const aimOf = ({ aim, ratio }) => (aim === undefined ? '' : `${aim}, ${ratio >= aim ? 'met' : 'not met'}`);

/**
 * One table of all ratios: what, now, as the baseline has it, the change, and the aim.
 * @param {readonly ComparedRatio[]} ratios
 */
export const render = (ratios) =>
  table(
    ['', 'now', 'baseline', 'change', 'aim'],
    ratios.map((ratio) => [
      ...[ratio.what, Number.isNaN(ratio.ratio) ? '' : format(ratio.ratio)],
      ratio.before === undefined ? '' : format(ratio.before),
      ratio.change === undefined || Number.isNaN(ratio.change) ? '' : signed(ratio.change),
      aimOf(ratio),
    ]),
  );
