import { count, table } from '../support/report.mjs';

/**
 * @import { Visit } from './visit.mjs'
 * @typedef {{ name: string, first: Visit, again: Visit }} PageCell
 */

/** @param {Visit} visit */
const texts = ({ paintMs, interactiveMs, bytes, requests }) => [
  ...[count(paintMs), count(interactiveMs)],
  `${(bytes / 1024).toFixed(1)} KiB in ${requests}`,
];

/** @param {{ cpu: number, cells: PageCell[] }} report */
export const render = ({ cpu, cells }) =>
  `ms from the beginning of a navigation, and what came over the network, on slow 4G by a processor ${cpu} times slower\n\n${table(
    [
      '',
      ...['first visit: painted', 'answers', 'transferred'],
      ...['second: painted', 'answers', 'transferred'],
    ],
    cells.map(({ name, first, again }) => [name, ...texts(first), ...texts(again)]),
  )}`;
