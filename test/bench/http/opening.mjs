import { mapValues, namesOf } from '../support/measure.mjs';
import { load, middle, opening, ratioOfLoads } from './load.mjs';
import { startCrud, startWithoutDatabase } from './servers.mjs';

/**
 * @import { Load } from './load.mjs'
 * @typedef {Awaited<ReturnType<typeof openingSection>>} Opening
 * @typedef {{ database: (name: string) => Promise<string>, checkpoint: () => Promise<unknown> }} Postgres
 * @typedef {{ seconds: number, rounds: number, warmUp: number, connections: number[], team: string }} Options
 * @typedef {(starting: Promise<{ url: string, close: () => Promise<void> }>) => Promise<string>} Serve
 */

const warmUpConnections = 64;

/**
 * Opens tickets at the contestants in turns, so that whatever slows the machine slows all of them: the product and the CRUD server on
 * PostgreSQL with its defaults and on ours, and the product on a log that keeps nothing. Each is warmed up before for `warmUp` seconds.
 * @param {{ defaults: Postgres, ours: Postgres }} databases
 * @param {Serve} serve
 * @param {{ defaults: string, ours: string }} products their URLs
 * @param {Options} options
 */
export const openingSection = async (databases, serve, products, options) => {
  const urls = {
    defaultProduct: products.defaults,
    defaultCrud: await serve(startCrud(await databases.defaults.database('crud'))),
    product: products.ours,
    crud: await serve(startCrud(await databases.ours.database('crud'))),
    withoutDatabase: await serve(startWithoutDatabase()),
  };
  /**
   * @param {keyof typeof urls} name
   * @param {number} connections
   * @param {number} seconds
   */
  const open = (name, connections, seconds) =>
    load({
      ...{ url: urls[name], path: '/v1/tickets', method: 'POST', bodyOf: opening, connections, seconds },
      ...(name === 'crud' || name === 'defaultCrud' ? {} : { token: options.team }),
    });
  const names = namesOf(urls);
  for (const name of names) await open(name, warmUpConnections, options.warmUp);
  const cells = [];
  for (const connections of options.connections) {
    const rounds = mapValues(urls, () => /** @type {Load[]} */ ([]));
    for (let round = 0; round < options.rounds; round += 1) {
      for (const name of names) {
        await Promise.all([databases.defaults.checkpoint(), databases.ours.checkpoint()]);
        rounds[name].push(await open(name, connections, options.seconds));
      }
    }
    cells.push({
      connections,
      loads: mapValues(rounds, middle),
      defaultToCrud: ratioOfLoads(rounds.defaultProduct, rounds.defaultCrud),
      defaultP99ToCrud: ratioOfLoads(rounds.defaultProduct, rounds.defaultCrud, 'p99'),
      toCrud: ratioOfLoads(rounds.product, rounds.crud),
      toLimit: ratioOfLoads(rounds.product, rounds.withoutDatabase),
    });
  }
  return { warmUp: options.warmUp, warmUpConnections, cells };
};
