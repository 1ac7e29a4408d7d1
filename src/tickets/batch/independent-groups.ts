/** A command as far as its order matters: the tickets it reads or changes. */
export interface ReferencesTickets {
  tickets: readonly string[];
}

/**
 * Splits a batch into groups that have no ticket in common, each in the order sent: groups may run side by side, what is in a group
 * one after the other. A merge ties two tickets together, so that it finds the other one as the batch has made it by then.
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
