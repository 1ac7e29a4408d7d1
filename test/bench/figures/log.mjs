import { dist } from '../support/built.mjs';
import { ticketParts } from './ticket-parts.mjs';

/**
 * @import { EventStore, RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { Place } from './ticket-parts.mjs'
 */

const { loadEstablishments } = await dist('establishments/load-establishments.js');
const { instant } = await dist('shared/instant.js');

const weekMs = 7 * 24 * 3_600_000;
const batchSize = 5_000;

/**
 * Weeks of the sample's mix, one after the other, with tickets at all establishments of the network, where the sample has two. An
 * event is recorded as soon as it has happened and all events before it are recorded, so an event that is late in the sample is late
 * here. All ids are derived from the sample's and the number of the week, so that a partly filled log can be completed.
 * @param {RecordedEvent[]} sample
 * @param {number} weeks
 */
function* makeLog(sample, weeks) {
  const places = loadEstablishments(undefined, 'America/Toronto').all;
  let recordedMs = 0;
  let position = 0n;
  for (let week = 0; week < weeks; week += 1) {
    const copied = copyOf(week, places);
    /** @type {RecordedEvent[]} */
    let batch = [];
    for (const event of sample) {
      const { occurredAt } = ticketParts(event).metadata;
      recordedMs = Math.max(recordedMs, Date.parse(occurredAt) + week * weekMs + 1_000);
      position += 1n;
      batch.push({ ...copied(event), position, recordedAt: instant(recordedMs) });
      if (batch.length === batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
}

/**
 * @param {number} week
 * @param {readonly { code: string, timeZone: string }[]} places
 */
const copyOf = (week, places) => {
  const codes = places.map(({ code }) => code);
  const number = week.toString(16).padStart(4, '0');
  /** @param {string} id */
  const renamed = (id) => `${id.slice(0, -4)}${number}`;
  /** @param {string} at */
  const later = (at) => new Date(Date.parse(at) + week * weekMs).toISOString();
  /** @param {RecordedEvent} event */
  return (event) => {
    const { id, stream, revision, type } = event;
    const { data, metadata } = ticketParts(event);
    // All establishments of a ticket are shifted by the same number of places, so that a transfer still goes to another establishment.
    const shift = Number.parseInt(stream.slice(-12, -6), 16) + week;
    /** @param {Place} place */
    const moved = ({ establishment }) => {
      const place = places[(codes.indexOf(establishment) + shift) % places.length];
      if (!place) throw new Error(`the network has no ${establishment}`);
      return { establishment: place.code, timeZone: place.timeZone };
    };
    const copy = { ...data };
    for (const member of /** @type {const} */ (['at', 'to', 'from'])) {
      const place = data[member];
      if (place?.timeZone) copy[member] = moved(place);
    }
    if (data.opened) copy.opened = { at: moved(data.opened.at), occurredAt: later(data.opened.occurredAt) };
    if (type === 'TicketMerged' && data.into !== undefined) copy.into = renamed(data.into);
    return {
      ...{ id: renamed(id), stream: renamed(stream), revision, type, data: copy },
      metadata: { ...metadata, occurredAt: later(metadata.occurredAt), claimedAt: later(metadata.claimedAt) },
    };
  };
};

/**
 * Fills a log up to its last week; events that an earlier run has put there are kept.
 * @param {EventStore} store
 * @param {RecordedEvent[]} sample
 * @param {number} weeks
 */
export const fillLog = async (store, sample, weeks) => {
  let there = await store.lastPosition();
  for (const batch of makeLog(sample, weeks)) {
    const size = BigInt(batch.length);
    if (there >= size) there -= size;
    else if (there > 0n) throw new Error('the log holds something else');
    else await store.restore(batch);
  }
};
