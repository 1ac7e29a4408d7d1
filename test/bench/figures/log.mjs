import { dist } from '../built.mjs';

const { loadEstablishments } = await dist('establishments/load-establishments.js');

const weekMs = 7 * 24 * 3_600_000;
const batchSize = 5_000;

/**
 * Weeks of the sample's mix, one after the other, each ticket at an establishment of the whole network: the sample has two. An
 * event is recorded as soon as it has happened and all before it were recorded, so what is late in the sample is late here. All
 * ids follow from the sample's and the number of the week, so that a log can be filled up.
 */
function* makeLog(sample, weeks) {
  const places = loadEstablishments(undefined, 'America/Toronto').all;
  const codes = places.map(({ code }) => code);
  let recordedMs = 0;
  for (let week = 0; week < weeks; week += 1) {
    const later = (at) => new Date(Date.parse(at) + week * weekMs).toISOString();
    const copied = copyOf(week, places, codes, later);
    let batch = [];
    for (const event of sample) {
      recordedMs = Math.max(recordedMs, Date.parse(event.metadata.occurredAt) + week * weekMs + 1_000);
      batch.push({ ...copied(event), recordedAt: new Date(recordedMs).toISOString() });
      if (batch.length === batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
}

const copyOf = (week, places, codes, later) => {
  const number = week.toString(16).padStart(4, '0');
  const renamed = (id) => `${id.slice(0, -4)}${number}`;
  return ({ id, stream, revision, type, data, metadata }) => {
    // Every ticket is moved by as many places, so that a transfer still goes from one to another.
    const shift = Number.parseInt(stream.slice(-12, -6), 16) + week;
    const moved = ({ establishment }) => {
      const { code, timeZone } = places[(codes.indexOf(establishment) + shift) % places.length];
      return { establishment: code, timeZone };
    };
    const copy = { ...data };
    for (const member of ['at', 'to', 'from']) if (copy[member]?.timeZone) copy[member] = moved(copy[member]);
    if (data.opened) copy.opened = { at: moved(data.opened.at), occurredAt: later(data.opened.occurredAt) };
    if (type === 'TicketMerged') copy.into = renamed(data.into);
    return {
      ...{ id: renamed(id), stream: renamed(stream), revision, type, data: copy },
      metadata: { ...metadata, occurredAt: later(metadata.occurredAt), claimedAt: later(metadata.claimedAt) },
    };
  };
};

/** Brings a log to its end; what a run before has put there stays. */
export const fillLog = async (store, sample, weeks) => {
  let there = await store.lastPosition();
  for (const batch of makeLog(sample, weeks)) {
    const size = BigInt(batch.length);
    if (there >= size) there -= size;
    else if (there > 0n) throw new Error('the log holds something else');
    else await store.restore(batch);
  }
};
