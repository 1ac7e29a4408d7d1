import { readdirSync, readFileSync } from 'node:fs';
import { codeOf } from '../../../../shared/message-of.js';

/** The programs that must not outlive this process. */
const programs = new Set<Program>();
let isListening = false;

interface Program {
  pid: number;
  /** The signal that ends the program at once. */
  signal: NodeJS.Signals;
  /** Whether the signal goes to the whole process group, so that what the program started ends too. */
  withGroup?: boolean;
}

/** An immediate shutdown takes milliseconds; PostgreSQL itself kills after 5 s what does not obey. */
const patienceMs = 7_000;
const lookMs = 5;

/**
 * Ends a program when this process exits, whether by `process.exit`, an uncaught error or a second Ctrl-C. Nothing helps against
 * SIGKILL: the next start then stops what was left. Returns how to cancel this; call that once the program has ended by itself.
 */
export const endAtExit = (program: Program): (() => void) => {
  if (!isListening) process.on('exit', endAll);
  isListening = true;
  programs.add(program);
  return () => programs.delete(program);
};

/** Ends all programs and waits for them, so that they are gone when this process is. The event loop has ended, so it waits without one. */
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
  // Without /proc a zombie, which nobody reaps any more, can't be told from a process that runs.
  if (process.platform !== 'linux') return false;
  if (!withGroup) return groupOf(pid) !== undefined;
  return readdirSync('/proc').some((entry) => groupOf(entry) === String(pid));
};

/** The process group of a running process; undefined for one that has ended. */
const groupOf = (pid: number | string): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(state) ? undefined : group;
  } catch {
    return undefined;
  }
};
