/** The rows of a queue as they stand on the page. Only whoever looks at it has them come in another order. */
export interface Rows {
  /** The ids of tickets, in the order of the list. */
  ids: readonly string[];
  nextCursor: string | null;
  /** Tickets that came to belong here since the list was read, and are not in it yet. */
  arrived: ReadonlySet<string>;
  /** Those of the list that do not belong here any more; they stay where they are until it is read again. */
  left: ReadonlySet<string>;
}

export const noRows: Rows = { ids: [], nextCursor: null, arrived: new Set(), left: new Set() };

/** The rows after a further page; a ticket that moved meanwhile is shown once. */
export const withPage = (rows: Rows, ids: readonly string[], nextCursor: string | null): Rows => ({
  ...rows,
  ids: [...new Set([...rows.ids, ...ids])],
  nextCursor,
});

/** The rows after a ticket changed; `belongs` is undefined where only the server could say, and then nothing moves. */
export const afterChange = (rows: Rows, ticketId: string, belongs: boolean | undefined): Rows => {
  if (belongs === undefined) return rows;
  const isListed = rows.ids.includes(ticketId);
  const arrived = new Set(rows.arrived);
  const left = new Set(rows.left);
  if (!isListed && belongs) arrived.add(ticketId);
  else arrived.delete(ticketId);
  if (isListed && !belongs) left.add(ticketId);
  else left.delete(ticketId);
  return { ...rows, arrived, left };
};

/** The rows without one that may not be read here any more. */
export const withoutRow = (rows: Rows, ticketId: string): Rows => ({
  ...rows,
  ids: rows.ids.filter((id) => id !== ticketId),
  arrived: new Set([...rows.arrived].filter((id) => id !== ticketId)),
});

/** What the same list, read again, says of the rows, none of which moves: what came to it, and what has left it. */
export const reconciled = (rows: Rows, read: readonly string[], isWhole: boolean): Rows => {
  const isRead = new Set(read);
  // Beyond the end of what was read nothing is known.
  const within = isWhole ? rows.ids : rows.ids.slice(0, read.length);
  return {
    ...rows,
    arrived: new Set(read.filter((id) => !rows.ids.includes(id))),
    left: new Set(within.filter((id) => !isRead.has(id))),
  };
};

/** The row so many rows further; the first one where none is current, and the ends stay the ends. */
export const moved = (
  { ids }: Pick<Rows, 'ids'>,
  current: string | undefined,
  by: number,
): string | undefined => {
  const at = current === undefined ? -1 : ids.indexOf(current);
  if (at === -1) return ids[0];
  return ids[Math.max(0, Math.min(ids.length - 1, at + by))];
};

/** The current row after the list was read again: the same ticket, else the one that now stands in its place. */
export const keptCurrent = (
  before: readonly string[],
  after: readonly string[],
  current: string | undefined,
): string | undefined => {
  if (current === undefined || after.includes(current)) return current;
  const at = before.indexOf(current);
  const following = before.slice(at + 1).find((id) => after.includes(id));
  return following ?? after[Math.min(Math.max(at, 0), after.length - 1)];
};

/** The selection after a row was toggled; with `from`, all rows between the two are taken in. */
export const toggled = (
  selected: ReadonlySet<string>,
  ids: readonly string[],
  { id, from }: { id: string; from?: string | undefined },
): ReadonlySet<string> => {
  const next = new Set(selected);
  if (from !== undefined && ids.includes(from)) {
    const [start, end] = [ids.indexOf(from), ids.indexOf(id)].sort((a, b) => a - b);
    for (const each of ids.slice(start, (end ?? 0) + 1)) next.add(each);
  } else if (!next.delete(id)) next.add(id);
  return next;
};
