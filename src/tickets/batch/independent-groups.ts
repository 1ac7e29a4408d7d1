/** What grouping needs of a command: the tickets it reads or changes. */
export interface ReferencesTickets {
  tickets: readonly string[];
}

/**
 * Splits a batch into groups that have no ticket in common, each in the order sent. Groups may run side by side; the commands of a group
 * run one after the other. A merge puts both its tickets into one group, so that it finds its target as the commands before it left it.
 */
export const independentGroups = <Item extends ReferencesTickets>(items: readonly Item[]): Item[][] => {
  const parents = new Map<string, string>();
  const rootOf = (ticket: string): string => {
    let root = ticket;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
      root = parent;
    parents.set(ticket, root);
    return root;
  };
  for (const { tickets } of items) {
    const [first, ...others] = tickets.map(rootOf);
    if (first === undefined) continue;
    for (const other of others) parents.set(other, rootOf(first));
  }
  const groups = new Map<string | Item, Item[]>();
  for (const item of items) {
    const key = item.tickets[0] === undefined ? item : rootOf(item.tickets[0]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
};
