import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../../../shared/message-of.js';

/** What must not outlive this process. */
const programs = new Set<Program>();
let isListening = false;

interface Program {
  pid: number;
  /** What ends it at once. */
  signal: NodeJS.Signals;
  /** Whether what it has started ends with it: its whole process group is sent the signal. */
  withGroup?: boolean;
}

/** An immediate shutdown takes milliseconds; PostgreSQL itself kills after 5 s what does not obey. */
const patienceMs = 7_000;
const lookMs = 5;

/**
 * Ends a program in the last moment of this process, however that comes: by `process.exit`, an uncaught error, a second Ctrl-C.
 * Nothing helps against SIGKILL: the next start then stops what was left. Call what it returns once the program has ended by itself.
 */
export const endAtExit = (program: Program): (() => void) => {
  if (!isListening) process.on('exit', endAll);
  isListening = true;
  programs.add(program);
  return () => programs.delete(program);
};

/** The event loop has ended by now, so this waits without one: when this process is gone, they are too. */
const endAll = (): void => {
  const left = [...programs].filter(({ pid, signal, withGroup }) => send(withGroup ? -pid : pid, signal));
  const deadline = performance.now() + patienceMs;
  const wait = new Int32Array(new SharedArrayBuffer(4));
  while (left.some(isRunning) && performance.now() < deadline) Atomics.wait(wait, 0, 0, lookMs);
};

const send = (pid: number, signal: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

const isRunning = ({ pid, withGroup }: Program): boolean => {
  // Without /proc there is no telling a zombie, which nobody collects any more, from one that runs.
  if (process.platform !== 'linux') return false;
  if (!withGroup) return groupOf(pid) !== undefined;
  return readdirSync('/proc').some((entry) => groupOf(entry) === String(pid));
};

/** The process group of what runs; undefined for what does no more. */
const groupOf = (pid: number | string): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? undefined : group;
  } catch {
    return undefined;
  }
};
