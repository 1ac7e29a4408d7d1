import { count, table } from '../report.mjs';

const times = (value) => `${value.toFixed(1)} ×`;
const latency = ({ p50, p99 }) => `${p50} / ${p99}`;

export const render = {
  opening: (cells) =>
    `Tickets opened a second, and p50 / p99 in ms\n\n${table(
      ['connections', ...cells.map(({ connections }) => String(connections))],
      [
        ...['product', 'crud', 'withoutDatabase'].map((name) => [
          names[name],
          ...cells.map((cell) => count(cell[name].rate)),
        ]),
        ['product / CRUD', ...cells.map(({ toCrud }) => times(toCrud))],
        ['product / without a database', ...cells.map(({ toLimit }) => times(toLimit))],
        ...['product', 'crud', 'withoutDatabase'].map((name) => [
          `${names[name]}, ms`,
          ...cells.map((cell) => latency(cell[name])),
        ]),
      ],
    )}`,
  sync: ({ commandsABatch, cells }) =>
    `Commands a second in batches of ${count(commandsABatch)} to /v1/sync, and ms a batch, p50 / p99\n\n${table(
      ['senders', ...cells.map(({ senders }) => String(senders))],
      [
        ['commands a second', ...cells.map(({ rate }) => count(rate))],
        ['ms a batch', ...cells.map(latency)],
      ],
    )}`,
  reads: ({ tickets, connections, cells }) =>
    `Reads a second over ${connections} connections, ${count(tickets)} tickets in the list, and p50 / p99 in ms\n\n${table(
      ['', 'reads a second', 'ms'],
      cells.map((cell) => [cell.name, count(cell.rate), latency(cell)]),
    )}`,
};

const names = {
  product: 'product',
  crud: 'NestJS + TypeORM, one save',
  withoutDatabase: 'product without a database',
};
