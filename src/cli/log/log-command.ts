import { StartRefused } from '../../config/start-refused.js';
import { EventStoreUnavailable } from '../../platform/event-store/event-store.js';
import { exitAfterOutput } from '../terminal/exit-after-output.js';
import { runCommand } from '../terminal/run-command.js';
import { onStopSignal } from '../terminal/stop-signals.js';
import type { OpenLog } from './open-log.js';

export interface LogCommand {
  /** Keeps hold of a log that is being opened, and closes it in the end. */
  using: (log: Promise<OpenLog>) => Promise<OpenLog>;
  /** Aborts when the command is to stop. */
  signal: AbortSignal;
}

/** Runs a command that works with logs, and closes them whatever happens: an embedded PostgreSQL must not outlive it. */
export const runLogCommand = async (
  usage: string,
  run: (command: LogCommand) => Promise<void>,
): Promise<void> => {
  const interrupted = stopAtSignal();
  const opened: Promise<OpenLog>[] = [];
  const using = (log: Promise<OpenLog>) => {
    opened.push(log);
    return log;
  };
  const { signal } = interrupted;
  await runCommand(usage, async () => {
    try {
      await Promise.race([run({ using, signal }), rejection(signal)]);
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      throw new StartRefused(`${error.message}; run the same command again once it is`, { cause: error });
    } finally {
      for (const log of opened.reverse()) await log.then(({ close }) => close()).catch(() => undefined);
    }
  });
  if (signal.aborted) await exitAfterOutput(130);
};

const stopAtSignal = (): AbortController => {
  const interrupted = new AbortController();
  onStopSignal(() => interrupted.abort(new StartRefused('interrupted; run the same command again')));
  return interrupted;
};

const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
