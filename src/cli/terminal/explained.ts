import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';

/** What is written of an error, never nothing: what the user can mend is one line, anything else shows where it comes from. */
export const explained = (error: unknown): string =>
  error instanceof StartRefused && error.message !== '' ? error.message : stacksOf(error).join('\n');

/** Its own, then those of what it gathers and of its cause. */
const stacksOf = (error: unknown): string[] => {
  if (typeof error !== 'object' || error === null) return [String(error)];
  const { stack, errors, cause } = error as { stack?: unknown; errors?: unknown; cause?: unknown };
  return [
    typeof stack === 'string' && stack !== '' ? stack : messageOf(error),
    ...(Array.isArray(errors) ? errors.flatMap(stacksOf) : []),
    ...(cause === undefined ? [] : stacksOf(cause)),
  ];
};
