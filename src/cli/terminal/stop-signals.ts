const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * How long repeated signals count as one press: in a terminal Ctrl-C reaches npm and its program, and npm passes it on, so one press
 * arrives twice, milliseconds apart.
 */
const pressMs = 1_500;

/** The process that gets the signals and is ended by them; the current process unless told otherwise. */
export interface SignalledProcess {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): unknown;
  /** The time in milliseconds, by a monotonic clock. */
  now(): number;
}

const thisProcess: SignalledProcess = {
  on: (signal, listener) => process.on(signal, listener),
  exit: (code) => process.exit(code),
  now: () => performance.now(),
};

/**
 * Calls `stop` at the first signal to stop. A further signal, once that press is over, ends the process at once; an embedded PostgreSQL
 * ends with it.
 */
export const onStopSignal = (stop: () => void, stopped: SignalledProcess = thisProcess): void => {
  let stoppedAt: number | undefined;
  for (const signal of signals) {
    stopped.on(signal, () => {
      if (stoppedAt === undefined) {
        stoppedAt = stopped.now();
        stop();
      } else if (stopped.now() - stoppedAt >= pressMs) {
        stopped.exit(130);
      }
    });
  }
  // Ctrl-\ ends the process at once, too. Without a listener, Node.js would end without running its exit listeners.
  stopped.on('SIGQUIT', () => stopped.exit(131));
};
