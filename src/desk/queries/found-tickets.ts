import type { Reader } from '../../platform/database/one-snapshot.js';
import { headlineOptions, lessThan, markBegin, markedHtml } from '../highlights.js';
import { ticketJson } from '../listed-ticket.js';
import { keysText, type Sort } from '../ticket-order.js';
import type { TicketPage } from './list-tickets.js';
import type { Match, Search } from './search.js';

/** Where what was looked for stands in a ticket, as HTML. */
export interface Highlight {
  ticketId: string;
  title: string;
  text: string;
}

/** In notes beyond these, what was found is not shown. */
const mostShown = 20_000;

interface Row {
  ticket_id: string;
  item: string;
  keys: string;
  marked_title: string;
  marked_text: string;
}

/** The page of the first matches, in their order; one more than it has says that there is more. */
export const foundTickets = async (
  client: Reader,
  { question, internal, page }: Search,
  matches: readonly Match[],
): Promise<Pick<TicketPage, 'items' | 'last'> & { highlights: Highlight[] }> => {
  const shown = matches.slice(0, page.limit);
  const { rows } = await client.query<Row>({
    name: `search-found-${page.sort}-${internal ? 'internal' : 'open'}`,
    text: statement(page.sort, internal),
    values: [
      question.wide,
      shown.map(({ ticket_id }) => ticket_id),
      shown.map(({ exact }) => exact),
      shown.map(({ band }) => band),
      shown.map(({ rank }) => rank),
    ],
  });
  return {
    items: rows.map(({ item }) => item).join(','),
    last: matches.length > shown.length ? rows.at(-1)?.keys : undefined,
    highlights: rows.map(({ ticket_id: ticketId, marked_title, marked_text }) => ({
      ticketId,
      title: markedHtml(marked_title),
      text: markedHtml(marked_text),
    })),
  };
};

const statement = (sort: Sort, internal: boolean): string => `
  SELECT ticket_id, ${ticketJson} AS item, ${keysText(sort)} AS keys,
         in_title.marked AS marked_title, in_text.marked AS marked_text
    FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::float8[])
         WITH ORDINALITY AS found(ticket_id, exact, band, rank, number)
    JOIN desk.tickets AS ticket USING (ticket_id)
    JOIN (SELECT ticket_id, body, notes, internal_notes FROM desk.ticket_texts) AS text USING (ticket_id)
   CROSS JOIN LATERAL (${marked('title', 'HighlightAll=true')}) AS in_title
   CROSS JOIN LATERAL (${marked(searched(internal), 'MaxFragments=2, MaxWords=20, MinWords=8, FragmentDelimiter=" … "')}) AS in_text
   ORDER BY number`;

const searched = (internal: boolean): string => {
  const columns = internal ? ['notes', 'internal_notes'] : ['notes'];
  return `concat_ws(' ', body, ${columns.map((column) => `right(${column}, ${mostShown})`).join(', ')})`;
};

/** By stems where they mark anything, else by the words as they are written; each is made once. */
const marked = (text: string, options: string): string => {
  const headline = (name: string) =>
    `ts_headline('desk.${name}', plain.words, $1::tsquery, '${headlineOptions}, ${options}')`;
  const has = (column: string) => `strpos(${column}, '${markBegin}') > 0`;
  return `
    SELECT CASE WHEN ${has('second.marked')} THEN second.marked ELSE ${headline('english')} END AS marked
      FROM (SELECT replace(${text}, '<', '${lessThan}') AS words OFFSET 0) AS plain
     CROSS JOIN LATERAL (SELECT ${headline('french')} AS marked OFFSET 0) AS first
     CROSS JOIN LATERAL (
       SELECT CASE WHEN ${has('first.marked')} THEN first.marked ELSE ${headline('words')} END AS marked OFFSET 0
     ) AS second`;
};
