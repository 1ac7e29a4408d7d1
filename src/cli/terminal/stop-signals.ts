const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** In a terminal Ctrl-C reaches npm and its program, and npm hands it on: one press comes twice, milliseconds apart. */
const pressMs = 1_500;

/** Where the signals come from, and how the process ends; the process itself unless told. */
export interface SignalledProcess {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): unknown;
  /** In milliseconds, by a clock that never steps. */
  now(): number;
}

const thisProcess: SignalledProcess = {
  on: (signal, listener) => process.on(signal, listener),
  exit: (code) => process.exit(code),
  now: () => performance.now(),
};

/**
 * Calls `stop` at the first signal that asks for it. Another one, once a press is over, ends the process at once; an embedded
 * PostgreSQL goes with it.
 */
export const onStopSignal = (stop: () => void, stopped: SignalledProcess = thisProcess): void => {
  let askedAt: number | undefined;
  for (const signal of signals) {
    stopped.on(signal, () => {
      if (askedAt === undefined) {
        askedAt = stopped.now();
        stop();
      } else if (stopped.now() - askedAt >= pressMs) {
        stopped.exit(130);
      }
    });
  }
  // Ctrl-\ means at once, and would end Node.js without a last moment.
  stopped.on('SIGQUIT', () => stopped.exit(131));
};
