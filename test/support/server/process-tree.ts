import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc describes it. */
export interface RunningProcess {
  pid: number;
  parent: number;
  session: number;
  name: string;
}

/** Every running process; a zombie does not count. */
const runningProcesses = (): RunningProcess[] =>
  readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const end = stat.lastIndexOf(')');
      const [state = '', parent, , session] = stat.slice(end + 2).split(' ');
      if ('ZX'.includes(state)) return [];
      const name = stat.slice(stat.indexOf('(') + 1, end);
      return [{ pid: Number(entry), parent: Number(parent), session: Number(session), name }];
    } catch {
      return [];
    }
  });

/** A process and all its descendants. */
export const treeOf = (root: number): RunningProcess[] => {
  const running = runningProcesses();
  const tree = running.filter(({ pid }) => pid === root);
  for (const { pid } of tree) tree.push(...running.filter(({ parent }) => parent === pid));
  return tree;
};

/** The processes of a tree that still run, and those in their sessions. */
export const leftOf = (tree: readonly RunningProcess[]): RunningProcess[] => {
  const pids = new Set(tree.map(({ pid }) => pid));
  const sessions = new Set(tree.map(({ session }) => session));
  return runningProcesses().filter(({ pid, session }) => pids.has(pid) || sessions.has(session));
};
