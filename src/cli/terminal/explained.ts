import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';

/**
 * The text printed for an error, never empty: one line where the user can mend the cause, else the stacks that show where it comes from.
 */
export const explained = (error: unknown): string =>
  error instanceof StartRefused && error.message !== '' ? error.message : stacksOf(error).join('\n');

/** The error's own stack, then those of the errors it gathers and of its cause. */
const stacksOf = (error: unknown): string[] => {
  if (typeof error !== 'object' || error === null) return [String(error)];
  const { stack, errors, cause } = error as { stack?: unknown; errors?: unknown; cause?: unknown };
  return [
    typeof stack === 'string' && stack !== '' ? stack : messageOf(error),
    ...(Array.isArray(errors) ? errors.flatMap(stacksOf) : []),
    ...(cause === undefined ? [] : stacksOf(cause)),
  ];
};
