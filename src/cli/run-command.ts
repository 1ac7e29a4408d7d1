import { messageOf } from '../shared/message-of.js';
import { explained } from './explained.js';

/** Runs a command-line program: what the user can mend is one line on standard error, anything else a stack; both exit with 1. */
export const runCommand = async (usage: string, run: () => Promise<void>): Promise<void> => {
  try {
    await run();
  } catch (error) {
    const line = isMisused(error) ? `${messageOf(error)}\n${usage}` : explained(error);
    process.stderr.write(`${line}\n`);
    process.exitCode = 1;
  }
};

/** Codes may be numbers, as gRPC has them. */
const isMisused = (error: unknown): boolean => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
};
