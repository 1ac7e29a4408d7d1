import { count, p50AndP99, table, times } from '../support/report.mjs';

/**
 * @import { Load } from './load.mjs'
 * @import { Opening } from './opening.mjs'
 * @import { Reads } from './reads.mjs'
 * @import { Sync } from './sync.mjs'
 */

/** @type {[name: keyof Opening['cells'][number]['loads'], text: string][]} */
const contestants = [
  ['defaultProduct', 'product, PostgreSQL’s defaults'],
  ['defaultCrud', 'NestJS + TypeORM, one save, PostgreSQL’s defaults'],
  ['product', 'product'],
  ['crud', 'NestJS + TypeORM, one save'],
  ['withoutDatabase', 'product without a database'],
];

/**
 * @param {string} name
 * @param {Load} load
 */
const readRow = (name, load) => [name, count(load.rate), p50AndP99(load)];

export const render = {
  /** @param {Opening & { defaults: Record<string, string> }} opening */
  opening: ({ cells, warmUp, warmUpConnections, defaults }) =>
    `Tickets opened a second, and p50 / p99 in ms; each warmed up for ${warmUp} s by ${warmUpConnections} connections. PostgreSQL’s defaults are those of ${defaults.server_version}.\n\n${table(
      ['connections', ...cells.map(({ connections }) => String(connections))],
      [
        ...contestants.map(([name, text]) => [text, ...cells.map(({ loads }) => count(loads[name].rate))]),
        ['product / CRUD, PostgreSQL’s defaults', ...cells.map((cell) => times(cell.defaultToCrud))],
        ['its p99 / that of CRUD', ...cells.map((cell) => times(cell.defaultP99ToCrud))],
        ['product / CRUD', ...cells.map(({ toCrud }) => times(toCrud))],
        ['product / without a database', ...cells.map(({ toLimit }) => times(toLimit))],
        ...contestants.map(([name, text]) => [
          `${text}, ms`,
          ...cells.map(({ loads }) => p50AndP99(loads[name])),
        ]),
      ],
    )}`,
  /** @param {Sync} sync */
  sync: ({ commandsABatch, warmUpBatches, cells }) =>
    `Commands a second in batches of ${count(commandsABatch)} to /v1/sync, and ms a batch, p50 / p99, after ${warmUpBatches} batches\n\n${table(
      ['senders', ...cells.map(({ senders }) => String(senders))],
      [
        ['commands a second', ...cells.map(({ rate }) => count(rate))],
        ['ms a batch', ...cells.map(p50AndP99)],
      ],
    )}`,
  /** @param {Reads} reads */
  reads: ({ tickets, connections, openedASecond, warmUp, alone, whileOpened, ticket, history }) =>
    `Reads a second over ${connections} connections, ${count(tickets)} tickets in the list, and p50 / p99 in ms; each warmed up for ${warmUp} s\n\n${table(
      ['', 'reads a second', 'ms'],
      [
        readRow('the first page of active tickets', alone.product),
        readRow('a TypeORM find of 50', alone.crud),
        ['product / find', times(alone.toCrud), ''],
        readRow(`the first page, while ${openedASecond} tickets a second are opened`, whileOpened.product),
        readRow('a TypeORM find of 50, meanwhile', whileOpened.crud),
        ['product / find', times(whileOpened.toCrud), ''],
        readRow('a ticket', ticket),
        readRow('its history', history),
      ],
    )}`,
};
