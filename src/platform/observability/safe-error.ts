import { isUnavailable, lacksRelations } from '../database/failures.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import { messageOf } from '../../shared/message-of.js';

interface Failure {
  name?: unknown;
  code?: unknown;
  stack?: unknown;
  cause?: unknown;
  errors?: unknown;
  driverError?: unknown;
  /** PostgreSQL's own errors have one. */
  severity?: unknown;
  [member: string]: unknown;
}

/** What PostgreSQL's errors tell besides, and never holds a value: `detail`, `where`, `hint` and `internalQuery` may. */
const harmless = ['severity', 'routine', 'schema', 'table', 'column', 'constraint', 'dataType', 'syscall'];
const maxDepth = 4;
const maxLength = 2_000;

/** From its first quotation mark to its last. */
const quoted = /["'«“`].*["'»”`]/s;

/** Errors that quote what they were about: PostgreSQL's, and those of parsers. */
const quotesValues = (failure: Failure): boolean =>
  // Names of tables, databases and the like are nobody's text, and say what is wrong.
  (failure.severity !== undefined && !isUnavailable(failure) && !lacksRelations(failure)) ||
  isOfParser(failure);

const isOfParser = ({ name }: Failure): boolean =>
  name === 'SyntaxError' || name === 'ZodError' || name === 'URIError';

/** What an error says, without what people wrote: a value that could not be read, say, is quoted in PostgreSQL's message. */
export const safeMessageOf = (error: unknown): string => {
  const failure = (error ?? {}) as Failure;
  if (failure.driverError !== undefined) return safeMessageOf(failure.driverError);
  // What has no message of its own says what those it gathers say.
  if (failure.message === '' && Array.isArray(failure.errors) && failure.errors.length > 0) {
    return failure.errors.map(safeMessageOf).join(', ');
  }
  const message = masked(messageOf(error).slice(0, maxLength));
  return quotesValues(failure) ? message.replace(quoted, '…') : message;
};

/**
 * An error as the log may hold it: what kind, where in the code, and its message without what people wrote. No parameter, no
 * statement, no detail: whatever else a library hangs on its errors stays out.
 */
export const safeError = (error: unknown, depth = 0): Record<string, unknown> => {
  if (typeof error !== 'object' || error === null) return { type: typeof error };
  const { name, code, stack, cause, errors, driverError, ...rest } = error as Failure;
  const inner = driverError ?? cause;
  const isDeep = depth >= maxDepth;
  return {
    type: typeof name === 'string' && name !== '' ? name : 'Error',
    message: safeMessageOf(error),
    ...(code === undefined ? {} : { code }),
    ...Object.fromEntries(harmless.flatMap((member) => (member in rest ? [[member, rest[member]]] : []))),
    ...(typeof stack === 'string' ? { stack: framesOf(stack) } : {}),
    ...(inner === undefined || isDeep ? {} : { cause: safeError(inner, depth + 1) }),
    ...(Array.isArray(errors) && !isDeep
      ? { errors: errors.map((each: unknown) => safeError(each, depth + 1)) }
      : {}),
  };
};

/** Without the message that a stack begins with. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
