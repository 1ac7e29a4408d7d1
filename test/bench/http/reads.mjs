import pg from 'pg';
import { mapValues, namesOf } from '../support/measure.mjs';
import { load, middle, opening, openingsOf, ratioOfLoads } from './load.mjs';
import { startCrud } from './servers.mjs';
import { sendBatch } from './sync.mjs';

/**
 * @import { Bed } from '../support/bed.mjs'
 * @import { Load } from './load.mjs'
 * @import { Serve } from './opening.mjs'
 * @typedef {Awaited<ReturnType<typeof readsSection>>} Reads
 * @typedef {{ seconds: number, rounds: number, warmUp: number, team: string, agent: string }} Options
 * @typedef {{ counts: Record<string, number>, items: { ticketId: string }[] }} Page
 * @typedef {{ url: string, path: string, token?: string }} Target
 */

const readers = 64;
const openedASecond = 200;
const minTickets = 10_000;
const ticketsABatch = 1_000;

/**
 * Reads by 64 connections: the first page of active tickets, beside a TypeORM `find` of 50 over as many tickets, alone and while tickets
 * are opened; a ticket, and its history.
 * @param {Bed} bed
 * @param {Serve} serve
 * @param {string} product its URL
 * @param {Options} options
 */
export const readsSection = async (bed, serve, product, options) => {
  const { team, agent } = options;
  /** @returns {Promise<Page>} */
  const firstPage = async () => {
    const headers = { authorization: `Bearer ${agent}` };
    const response = await fetch(`${product}/v1/tickets?limit=1&counts=true`, { headers });
    return /** @type {Promise<Page>} */ (response.json());
  };
  /** @param {Page} page */
  const ticketsOn = ({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  let page = await firstPage();
  for (; ticketsOn(page) < minTickets; page = await firstPage())
    await sendBatch(product, team, openingsOf(ticketsABatch), ticketsABatch);
  const tickets = ticketsOn(page);
  const crudDatabase = await bed.database('crud_reads');
  const crud = await serve(startCrud(crudDatabase));
  await fillCrud(crudDatabase, { open: page.counts.open ?? 0, tickets });
  const [{ ticketId } = { ticketId: '' }] = page.items;

  const list = {
    product: { url: product, path: '/v1/tickets?status=active', token: agent },
    crud: { url: crud, path: '/v1/tickets' },
  };
  const writer = { product: { token: team }, crud: {} };
  /** @param {keyof typeof list} name */
  const openAt = (name) =>
    load({
      ...{ url: list[name].url, path: '/v1/tickets', method: 'POST', bodyOf: opening, ...writer[name] },
      ...{ connections: 4, seconds: options.seconds, overallRate: openedASecond },
    });
  const ofOne = {
    ticket: { ...list.product, path: `/v1/tickets/${ticketId}` },
    history: { ...list.product, path: `/v1/tickets/${ticketId}/history` },
  };
  return {
    ...{ tickets, connections: readers, openedASecond, warmUp: options.warmUp },
    alone: besideCrud(await inTurns(list, options)),
    whileOpened: besideCrud(await inTurns(list, options, openAt)),
    ...mapValues(await inTurns(ofOne, options), middle),
  };
};

/**
 * Reads at each target, in turns, after warming it up: until all connections to the database are open and have prepared their statements.
 * @template {string} Name
 * @param {Record<Name, Target>} targets
 * @param {{ seconds: number, rounds: number, warmUp: number }} options
 * @param {(name: Name) => Promise<unknown>} [meanwhile]
 */
const inTurns = async (targets, { seconds, rounds, warmUp }, meanwhile) => {
  const results = mapValues(targets, () => /** @type {Load[]} */ ([]));
  for (const name of namesOf(targets))
    await load({ ...targets[name], connections: readers, seconds: warmUp });
  for (let round = 0; round < rounds; round += 1) {
    for (const name of namesOf(targets)) {
      const [read] = await Promise.all([
        load({ ...targets[name], connections: readers, seconds }),
        meanwhile?.(name),
      ]);
      results[name].push(read);
    }
  }
  return results;
};

/** @param {{ product: Load[], crud: Load[] }} rounds */
const besideCrud = ({ product, crud }) => ({
  product: middle(product),
  crud: middle(crud),
  toCrud: ratioOfLoads(product, crud),
});

/**
 * Puts as many tickets into the CRUD server's table as the product has, and as many of them open.
 * @param {string} url
 * @param {{ open: number, tickets: number }} counts
 */
const fillCrud = async (url, { open, tickets }) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO tickets (establishment, title, category, priority, team, status, "occurredAt")
     SELECT 'NIM', 'Ordonnance non transmise à la pharmacie', 'impression', 'P3', 'mobile-nim-04',
            CASE WHEN number <= $1 THEN 'open' ELSE 'resolved' END, now() - number * interval '1 second'
       FROM generate_series(1, $2::integer) AS number`,
    [open, tickets],
  );
  await client.query('VACUUM ANALYZE tickets');
  await client.end();
};
