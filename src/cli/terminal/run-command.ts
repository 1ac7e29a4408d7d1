import { codeOf, messageOf } from '../../shared/message-of.js';
import { explained } from './explained.js';

/**
 * Runs a command-line program. An error the user can mend is printed as one line on standard error, any other as a stack; both set exit
 * code 1.
 */
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
