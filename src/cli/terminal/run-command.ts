import { codeOf, messageOf } from '../../shared/message-of.js';
import { explained } from './explained.js';

/** Runs a command-line program: what the user can mend is one line on standard error, anything else a stack; both exit with 1. */
export const runCommand = async (usage: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const line = codeOf(error)?.startsWith('ERR_PARSE_ARGS')
      ? `${messageOf(error)}\n${usage}`
      : explained(error);
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
};
