import { count, p50AndP99, table } from '../support/report.mjs';

/**
 * @import { Load } from '../http/load.mjs'
 * @import { Busy } from './busy.mjs'
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
  /** @param {Busy} busy */
  busy: ({ rate, seconds, results }) => {
    const [alone, beside] = results;
    const ratio =
      alone && beside
        ? `\n\nA command beside them: ${(beside.write.p50 / alone.write.p50).toFixed(2)} ×`
        : '';
    return `${count(rate)} commands a second for ${seconds} s while agents listen to /v1/events, p50 / p99 in ms, and ms of processor a command\n\n${table(
      [
        'listening',
        'commands a second',
        'until answered',
        'until at each page',
        'processor: server + PostgreSQL',
      ],
      results.map(({ listening, rate: done, write, heard, serverMs, postgresMs }) => [
        ...[count(listening), count(done), p50AndP99(write), heard ? p50AndP99(heard) : ''],
        `${serverMs} + ${postgresMs}`,
      ]),
    )}${ratio}`;
  },
};
