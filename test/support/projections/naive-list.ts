import type { PageQuery } from '../../../src/desk/list/list-tickets.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import { listFold } from './desk-fold.js';
import type { Row } from './projected-rows.js';

/** What a page of the list shows of its tickets, in their order; and beside them. */
export interface ShownPage {
  items: { ticketId: unknown; revision: unknown; title: unknown; establishment: unknown; watchers: number }[];
  hasNext: boolean;
  counts: Record<string, number> | undefined;
}

const order: Record<string, [column: string, sign: number][]> = {
  priority: [
    ['priority', 1],
    ['opened_at', 1],
    ['ticket_id', 1],
  ],
  age: [
    ['opened_at', -1],
    ['ticket_id', -1],
  ],
  updated: [['position', 1]],
};

const keysOf = (sort: string): [string, number][] => {
  const [name, turned] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1];
  return order[name]!.map(([column, sign]) => [column, sign * turned]);
};

const keyText = (row: Row, column: string): string | number =>
  column === 'position'
    ? Number(row.position)
    : column === 'opened_at'
      ? new Date(String(row.opened_at)).toISOString()
      : String(row[column]);

/**
 * The page that a log comes to, written anew from what the filters and orders are said to be: rows by the fold that is independent of
 * the product's, filtered and sorted one by one.
 */
export const naivePage = (log: readonly RecordedEvent[], { scope, filter, page }: PageQuery): ShownPage => {
  const [tickets = []] = listFold(log);
  const passing = tickets.filter(
    (row) =>
      (scope === 'all' || scope.includes(String(row.establishment))) &&
      (filter.statuses?.includes(row.status as never) ?? true) &&
      (filter.priority ?? row.priority) === row.priority &&
      (filter.category ?? row.category) === row.category &&
      (filter.team ?? row.team) === row.team &&
      (filter.assignee ?? row.assignee) === row.assignee &&
      (filter.watcher === undefined || ((row.watchers ?? []) as string[]).includes(filter.watcher)) &&
      (!filter.unassigned || row.assignee === null) &&
      (filter.requesterWords?.every((word) => ((row.requester_words ?? []) as string[]).includes(word)) ??
        true),
  );
  const keys = keysOf(page.sort);
  const compare = (left: (string | number)[], right: (string | number)[]): number => {
    for (const [index, [, sign]] of keys.entries()) {
      if (left[index] !== right[index]) return left[index]! < right[index]! ? -sign : sign;
    }
    return 0;
  };
  const textsOf = (row: Row) => keys.map(([column]) => keyText(row, column));
  const { after } = page;
  const last = after?.map((text, index) => (keys[index]![0] === 'position' ? Number(text) : text));
  const shown = passing
    .filter((row) => !last || compare(textsOf(row), last) > 0)
    .filter((row) => page.until === undefined || Number(row.position) <= Number(page.until))
    .sort((left, right) => compare(textsOf(left), textsOf(right)));
  const counts: Record<string, number> = {};
  for (const { status } of passing) counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  return {
    items: shown.slice(0, page.limit).map((row) => ({
      ...{
        ticketId: row.ticket_id,
        revision: row.revision,
        title: row.title,
        establishment: row.establishment,
      },
      watchers: ((row.watchers ?? []) as string[]).length,
    })),
    hasNext: shown.length > page.limit,
    counts: page.counts ? counts : undefined,
  };
};

interface Answered {
  items: ({ watchers: number } & Record<string, unknown>)[];
  nextCursor: string | null;
  position: string;
  counts?: Record<string, number>;
}

/** The same of an answer. */
export const shownIn = (body: Buffer): ShownPage & { position: bigint; nextCursor: string | null } => {
  const { items, nextCursor, position, counts } = JSON.parse(body.toString()) as Answered;
  return {
    items: items.map(({ ticketId, revision, title, establishment, watchers }) => ({
      ...{ ticketId, revision, title, establishment, watchers },
    })),
    hasNext: nextCursor !== null,
    counts: counts && Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    position: BigInt(position),
    nextCursor,
  };
};
