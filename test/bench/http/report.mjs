import { namesOf } from '../measure.mjs';
import { count, p50AndP99, table } from '../report.mjs';

/**
 * @import { Load } from './load.mjs'
 * @typedef {Record<keyof typeof names, Load>} Loads
 * @typedef {{ connections: number, toCrud: number, toLimit: number } & Loads} OpeningCell
 */

/** @param {number} value */
const times = (value) => `${value.toFixed(1)} ×`;

const names = {
  product: 'product',
  crud: 'NestJS + TypeORM, one save',
  withoutDatabase: 'product without a database',
};

export const render = {
  /** @param {OpeningCell[]} cells */
  opening: (cells) =>
    `Tickets opened a second, and p50 / p99 in ms\n\n${table(
      ['connections', ...cells.map(({ connections }) => String(connections))],
      [
        ...namesOf(names).map((name) => [names[name], ...cells.map((cell) => count(cell[name].rate))]),
        ['product / CRUD', ...cells.map(({ toCrud }) => times(toCrud))],
        ['product / without a database', ...cells.map(({ toLimit }) => times(toLimit))],
        ...namesOf(names).map((name) => [
          `${names[name]}, ms`,
          ...cells.map((cell) => p50AndP99(cell[name])),
        ]),
      ],
    )}`,
  /** @param {{ commandsABatch: number, cells: ({ senders: number } & Load)[] }} sync */
  sync: ({ commandsABatch, cells }) =>
    `Commands a second in batches of ${count(commandsABatch)} to /v1/sync, and ms a batch, p50 / p99\n\n${table(
      ['senders', ...cells.map(({ senders }) => String(senders))],
      [
        ['commands a second', ...cells.map(({ rate }) => count(rate))],
        ['ms a batch', ...cells.map(p50AndP99)],
      ],
    )}`,
  /** @param {{ tickets: number, connections: number, cells: ({ name: string } & Load)[] }} reads */
  reads: ({ tickets, connections, cells }) =>
    `Reads a second over ${connections} connections, ${count(tickets)} tickets in the list, and p50 / p99 in ms\n\n${table(
      ['', 'reads a second', 'ms'],
      cells.map((cell) => [cell.name, count(cell.rate), p50AndP99(cell)]),
    )}`,
};
