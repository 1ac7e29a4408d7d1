import { createHash } from 'node:crypto';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { Place } from '../../../src/tickets/domain/ticket.events.js';
import type { Row } from './projected-rows.js';

/*
 * A second, independent implementation of the desk's read models: one event after the other changes a plain row, as domain.md says.
 * Nothing is shared with the product's own fold, which changes rows by batches.
 */

type Data = Record<string, unknown>;

const statusAfter: Record<string, string> = {
  WorkStarted: 'in-progress',
  TicketPutOnHold: 'waiting',
  TicketResolved: 'resolved',
  TicketClosed: 'closed',
  TicketReopened: 'open',
  TicketCancelled: 'cancelled',
  TicketMerged: 'merged',
};

const written = (instant: unknown): string => String(instant).replace(/\.000Z$|Z$/, '+00:00');

type Requester = { name: string; contact?: string } | null | undefined;

const named = (requester: Requester): Row => {
  if (!requester?.name) return { requester: null, requester_words: null };
  const { name, contact = null } = requester;
  return { requester: { name, contact }, requester_words: name.toLowerCase().split(' ') };
};

const without = (watchers: unknown, watcher: unknown): unknown[] =>
  ((watchers ?? []) as unknown[]).filter((one) => one !== watcher);

const openedRow = (ticketId: string, data: Data, occurredAt: unknown): Row => {
  const { establishment, site = null, timeZone } = data.at as Place;
  const openedDay = new Date(String(occurredAt)).toLocaleDateString('en-CA', { timeZone });
  const { title, description = null, category, priority, location = null, team = null } = data;
  return {
    ...{ ticket_id: ticketId, establishment, site, title, description, category, priority, location },
    ...{ status: 'open', team, assignee: null, opened_at: written(occurredAt), opened_day: openedDay },
    ...{ resolved_at: null, resolution: null, merged_into: null, links: [] },
    ...named(data.requester as Requester),
    watchers: null,
    attachments: 0,
  };
};

const changed = (row: Row, { type, data, metadata }: RecordedEvent): Row => {
  const status = statusAfter[type] ?? row.status;
  const { team = row.team, assignee = row.assignee, to, relation, into, resolution } = data;
  switch (type) {
    case 'TicketAssigned':
      return { ...row, team, assignee };
    case 'RequesterChanged':
      return { ...row, ...named(data.requester as Requester) };
    case 'TicketWatched':
      return { ...row, watchers: [...without(row.watchers, data.watcher), data.watcher].sort() };
    case 'TicketUnwatched':
      return { ...row, watchers: without(row.watchers, data.watcher) };
    case 'TicketLinked':
      return { ...row, links: [...(row.links as unknown[]), { to, relation }] };
    case 'AttachmentAdded':
      return { ...row, attachments: Number(row.attachments) + 1 };
    case 'TicketRecategorized':
      return { ...row, category: data.category };
    case 'TicketReprioritized':
      return { ...row, priority: data.priority };
    case 'TicketResolved':
      return { ...row, status, resolution, resolved_at: written(metadata.occurredAt) };
    case 'TicketReopened':
      return { ...row, status, resolution: null, resolved_at: null };
    case 'TicketMerged':
      return { ...row, status, merged_into: into };
    case 'TicketTransferred': {
      const { establishment, site = null } = to as Place;
      return { ...row, establishment, site };
    }
    case 'TicketTextsErased': {
      const emptied = row.resolution === null ? null : { ...(row.resolution as Data), note: '' };
      return { ...row, ...named(null), title: '', description: null, location: null, resolution: emptied };
    }
    default:
      return { ...row, status };
  }
};

const byKey = (rows: ReadonlyMap<string, Row>): Row[] =>
  [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);

/** The expected rows of `tickets` and `departures`. */
export const listFold = (log: readonly RecordedEvent[]): Row[][] => {
  const tickets = new Map<string, Row>();
  const departures = new Map<string, Row>();
  for (const event of log) {
    const { type, data, metadata, revision, recordedAt } = event;
    const ticketId = event.stream.replace('ticket-', '');
    const position = Number(event.position);
    const before = tickets.get(ticketId) ?? openedRow(ticketId, data, metadata.occurredAt);
    const row = changed(before, event);
    tickets.set(ticketId, { ...row, updated_at: written(recordedAt), revision, position });
    if (type !== 'TicketTransferred') continue;
    const { establishment } = data.from as Place;
    if (establishment === (data.to as Place).establishment) continue;
    departures.set(`${ticketId} ${establishment}`, { ticket_id: ticketId, establishment, position });
  }
  return [byKey(tickets), byKey(departures)];
};

const wordsOf = (text: string): string[] =>
  (
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  ).filter((word) => word.length >= 4 && word.length <= 40);

type Text = 'heading' | 'body' | 'notes' | 'internal_notes';
const noTexts = { heading: '', body: '', notes: '', internal_notes: '' };
const sevenDays = 604_800_000;

/** The expected texts of `ticket_texts`, with the weeks of their tickets, and the expected rows of `known_words` and `word_tickets`. */
export const searchFold = (log: readonly RecordedEvent[]): Row[][] => {
  const texts = new Map<string, Record<Text, string> & { opened: string; band: number }>();
  const erased = new Set<string>();
  for (const { type, data, metadata, stream } of log) {
    const ticketId = stream.replace('ticket-', '');
    if (type === 'TicketTextsErased') erased.add(ticketId);
    if (erased.has(ticketId)) {
      const { opened, band } = texts.get(ticketId)!;
      texts.set(ticketId, { ...noTexts, opened, band });
      continue;
    }
    const row = texts.get(ticketId) ?? {
      ...noTexts,
      opened: written(metadata.occurredAt),
      band: Math.floor(Date.parse(String(metadata.occurredAt)) / sevenDays),
    };
    const add = (column: Text, text: unknown) => {
      if (typeof text !== 'string') return;
      row[column] = row[column] === '' ? text : `${row[column]}\n${text}`;
    };
    if (type === 'TicketOpened') {
      add('heading', data.title);
      add('body', data.description);
    }
    if (type === 'RequesterChanged') {
      const { name = '', contact = '' } = (data.requester as Requester) ?? {};
      if (name !== '') add('notes', `${name} ${contact}`.trim());
    }
    if (type === 'NoteAdded') add(data.internal === true ? 'internal_notes' : 'notes', data.body);
    if (type === 'TicketPutOnHold') add('notes', data.note);
    if (type === 'TicketResolved') add('notes', (data.resolution as Data).note);
    texts.set(ticketId, row);
  }
  const known = new Map<string, Set<string>>();
  for (const [ticketId, { heading, body, notes, internal_notes: internal }] of texts)
    for (const word of wordsOf([heading, body, notes, internal].join(' ')))
      known.set(word, (known.get(word) ?? new Set()).add(ticketId));
  const rows = new Map([...texts].map(([ticketId, row]) => [ticketId, { ticket_id: ticketId, ...row }]));
  const shared = [...known].filter(([, tickets]) => tickets.size > 1).map(([word]) => word);
  const tickets = new Map(
    [...known].map(([word, ids]) => {
      const [first, second = null] = [...ids].sort();
      const hash = createHash('sha256').update(word).digest('hex').slice(0, 32);
      return [hash, { word_hash: `\\x${hash}`, first, second }];
    }),
  );
  return [byKey(rows), shared.sort().map((word) => ({ word })), byKey(tickets)];
};
