import { count, p50AndP99, table } from '../report.mjs';

/**
 * @import { Load } from '../http/load.mjs'
 * @import { Live } from './live.mjs'
 * @typedef {{ name: string } & Load} ReadCell
 */

export const render = {
  /** @param {{ tickets: number, connections: number, cells: ReadCell[] }} reads */
  reads: ({ tickets, connections, cells }) =>
    `Reads over ${count(tickets)} tickets by ${connections} connections: a second, and p50 / p99 in ms\n\n${table(
      ['', 'reads a second', 'ms'],
      cells.map((cell) => [cell.name, count(cell.rate), p50AndP99(cell)]),
    )}`,
  /** @param {Live} live */
  live: ({ writes, results }) =>
    `Lone writes while others listen to /v1/events (${writes} of them), p50 / p99 in ms\n\n${table(
      ['listening', 'until written', 'until the last has heard'],
      results.map(({ connections, write, heardByAll }) => [
        ...[count(connections), p50AndP99(write), heardByAll ? p50AndP99(heardByAll) : ''],
      ]),
    )}`,
};
