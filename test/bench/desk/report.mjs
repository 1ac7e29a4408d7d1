import { count, table } from '../report.mjs';

const both = ({ p50, p99 }) => `${p50} / ${p99}`;

export const render = {
  reads: ({ tickets, connections, cells }) =>
    `Reads over ${count(tickets)} tickets by ${connections} connections: a second, and p50 / p99 in ms\n\n${table(
      ['', 'reads a second', 'ms'],
      cells.map((cell) => [cell.name, count(cell.rate), both(cell)]),
    )}`,
  live: ({ writes, results }) =>
    `Lone writes while others listen to /v1/events (${writes} of them), p50 / p99 in ms\n\n${table(
      ['listening', 'until written', 'until the last has heard'],
      results.map(({ connections, write, heardByAll }) => [
        ...[count(connections), both(write), heardByAll ? both(heardByAll) : ''],
      ]),
    )}`,
};
