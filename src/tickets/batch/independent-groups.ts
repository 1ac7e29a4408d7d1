/** What grouping needs of a command: the tickets it reads or changes, and its own id; empty where it has none. */
export interface ReferencesTickets {
  tickets: readonly string[];
  commandId: string;
}

/**
 * Splits a batch into groups that have no ticket and no command in common, each in the order sent. Groups may run side by side; the
 * commands of a group run one after the other. A merge puts both its tickets into one group, so that it finds its target as the commands
 * before it left it; so does an id that stands on commands about several tickets, which is the first one's.
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
  for (const item of items) {
    const [first, ...others] = namesOf(item).map(rootOf);
    if (first === undefined) continue;
    for (const other of others) parents.set(other, rootOf(first));
  }
  const groups = new Map<string | Item, Item[]>();
  for (const item of items) {
    const [first] = namesOf(item);
    const key = first === undefined ? item : rootOf(first);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
};

const namesOf = ({ tickets, commandId }: ReferencesTickets): readonly string[] =>
  commandId === '' ? tickets : [...tickets, `command ${commandId}`];
