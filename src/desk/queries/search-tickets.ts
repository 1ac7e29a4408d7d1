import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { queryInTime } from '../../platform/database/query-in-time.js';
import { queryPrepared } from '../../platform/database/prepared.js';
import { headlineOptions, lessThan, markBegin, markedHtml } from '../highlights.js';
import { ticketColumns, type TicketRow } from '../listed-ticket.js';
import { Parameters } from '../parameters.js';
import type { Status } from '../ticket-change.js';
import { conditionsOf, reached, type Reach, type TicketFilter } from '../ticket-filter.js';
import { TicketList } from '../ticket-list.projection.js';
import { comesAfter, orderBy } from '../ticket-order.js';
import { TicketSearch } from '../ticket-search.projection.js';
import type { Page } from './list-tickets.js';

/** Where what was looked for stands in a ticket, as HTML. */
export interface Highlight {
  ticketId: string;
  title: string;
  text: string;
}

export interface FoundTickets {
  rows: TicketRow[];
  more: boolean;
  counts: Partial<Record<Status, number>> | undefined;
  position: string;
  incomplete: number;
  highlights: Highlight[];
}

/** A page of the tickets in whose texts all the terms stand, or what comes near them. */
export class SearchTickets extends Query<FoundTickets> {
  constructor(
    readonly reach: Reach,
    readonly filter: TicketFilter,
    readonly page: Page,
    readonly terms: readonly string[],
    /** Internal notes are searched, too. */
    readonly internal: boolean,
  ) {
    super();
  }
}

interface Found {
  exact: string;
  wide: string;
}

/**
 * Each term as a prefix and by its stem in both languages: that is exact. Wide are those and the five words most like it. Words
 * that say nothing («de», «the») are left out, unless there are no others. Null where nothing remains.
 */
const understand = `
  WITH term AS (
    SELECT number,
           to_tsquery('desk.words', term || ':*') || plainto_tsquery('desk.french', term) || plainto_tsquery('desk.english', term) AS exact,
           numnode(plainto_tsquery('desk.french', term)) = 0 OR numnode(plainto_tsquery('desk.english', term)) = 0 AS common,
           coalesce(alike.words, '') AS alike
      FROM unnest($1::text[]) WITH ORDINALITY AS given(term, number)
      LEFT JOIN LATERAL (
        SELECT string_agg(quote_literal(word), ' | ') AS words FROM (
          SELECT word FROM desk.known_words
           WHERE length(term) >= 4 AND word % unaccent(term) AND similarity(word, unaccent(term)) >= 0.4
           ORDER BY similarity(word, unaccent(term)) DESC, word LIMIT 5
        ) AS nearest
      ) AS alike ON true
  )
  SELECT string_agg('(' || exact::text || ')', ' & ' ORDER BY number) AS exact,
         string_agg('(' || (exact || alike::tsquery)::text || ')', ' & ' ORDER BY number) AS wide
    FROM term
   WHERE numnode(exact) > 0 AND (NOT common OR NOT EXISTS (SELECT FROM term WHERE NOT common))`;

interface Served {
  served_position: string;
  incomplete: number;
  counts: Partial<Record<Status, number>> | null;
}
type Row = Served & ((TicketRow & { marked_title: string; marked_text: string }) | { ticket_id: null });

@QueryHandler(SearchTickets)
export class SearchTicketsHandler implements IQueryHandler<SearchTickets> {
  private readonly projections = [new TicketList().name, new TicketSearch().name];

  constructor(private readonly database: DataSource) {}

  async execute(search: SearchTickets): Promise<FoundTickets> {
    const { page } = search;
    const [found] = await queryInTime<Found | { wide: null }>(this.database, {
      text: understand,
      values: [search.terms],
    });
    const parameters = new Parameters();
    const looked = found?.wide ? found : { exact: '', wide: '' };
    const text = statement(this.projections, search, looked, parameters);
    const rows = await queryPrepared<Row>(this.database, text, parameters.values);
    const [served] = rows;
    if (!served) throw new Error('a least position is a row');
    const tickets = rows.filter((row) => row.ticket_id !== null);
    const shown = tickets.slice(0, page.limit);
    return {
      rows: shown,
      highlights: shown.map(({ ticket_id: ticketId, marked_title, marked_text }) => ({
        ticketId,
        title: markedHtml(marked_title),
        text: markedHtml(marked_text),
      })),
      more: tickets.length > page.limit,
      counts: page.counts ? (served.counts ?? {}) : undefined,
      position: served.served_position,
      incomplete: served.incomplete,
    };
  }
}

/** In notes beyond these, what was found is not shown. */
const mostShown = 20_000;

const statement = (
  projections: readonly string[],
  { reach, filter, page, internal }: SearchTickets,
  { exact, wide }: Found,
  parameters: Parameters,
): string => {
  const query = parameters.add(wide, 'tsquery');
  const words = internal ? 'coalesce(text.all_words, text.words)' : 'text.words';
  const matches = internal
    ? `(text.all_words @@ ${query} OR (text.all_words IS NULL AND text.words @@ ${query}))`
    : `text.words @@ ${query}`;
  const rank = `(ts_rank(${words}, ${query}) + ts_rank(${words}, ${parameters.add(exact, 'tsquery')}))::float8`;
  const mine = `ticket.establishment IN (SELECT establishment FROM ${reached(reach, parameters)})`;
  const asked = [matches, ...(reach === 'all' ? [] : [mine]), ...conditionsOf(filter, parameters)].join(
    ' AND ',
  );
  const tables = 'desk.ticket_texts AS text JOIN desk.tickets AS ticket USING (ticket_id)';
  const after = page.after ? `WHERE ${comesAfter(page.sort, page.after, parameters)}` : '';
  const order = orderBy(page.sort);
  const notes = `right(notes, ${mostShown})`;
  const shownNotes = internal ? `concat_ws(' ', ${notes}, right(internal_notes, ${mostShown}))` : notes;
  return `
    SELECT served.*, listed.*, ${page.counts ? countsOf(tables, asked) : 'NULL'} AS counts,
           ${marked('listed.title', query, 'HighlightAll=true')} AS marked_title,
           ${marked('listed.searched', query, 'MaxFragments=2, MaxWords=20, MinWords=8, FragmentDelimiter=" … "')} AS marked_text
      FROM (SELECT min(position) AS served_position, max(incomplete) AS incomplete FROM projections.served
             WHERE name = ANY(${parameters.add(projections, 'text[]')})) AS served
      LEFT JOIN (
        SELECT * FROM (
          SELECT ${ticketColumns}, ${rank} AS rank, concat_ws(' ', body, ${shownNotes}) AS searched
            FROM ${tables} WHERE ${asked}
        ) AS found ${after} ORDER BY ${order} LIMIT ${parameters.add(page.limit + 1, 'integer')}
      ) AS listed ON true
     ORDER BY ${order.replaceAll(/(\w+) (ASC|DESC)/g, 'listed.$1 $2')}`;
};

/** By stems where they mark anything, else by the words as they are written. */
const marked = (text: string, query: string, options: string): string => {
  const [french, english, words] = ['french', 'english', 'words'].map(
    (name) =>
      `ts_headline('desk.${name}', replace(${text}, '<', '${lessThan}'), ${query}, '${headlineOptions}, ${options}')`,
  );
  const has = (headline: string | undefined) => `strpos(${headline}, '${markBegin}') > 0`;
  return `CASE WHEN ${has(french)} THEN ${french} WHEN ${has(words)} THEN ${words} ELSE ${english} END`;
};

const countsOf = (tables: string, asked: string): string => `
  (SELECT jsonb_object_agg(status, count) FROM (
    SELECT status, count(*) FROM ${tables} WHERE ${asked} GROUP BY status
  ) AS counted)`;
