import { StartRefused } from '../config/start-refused.js';

/** Runs a command-line program: what the user can mend is one line on standard error, anything else a stack; both exit with 1. */
export const runCommand = async (usage: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const { code, message, stack } = error as NodeJS.ErrnoException;
    const line =
      error instanceof StartRefused
        ? message
        : code?.startsWith('ERR_PARSE_ARGS')
          ? `${message}\n${usage}`
          : (stack ?? String(error));
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
};
