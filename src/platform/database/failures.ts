import { DatabaseError } from 'pg';

/** PostgreSQL error classes that mean «not now»: connection, resources (a full disk too), operator intervention, system. */
const passing = ['08', '53', '57', '58'];
/** Out of memory for locks, deadlock and serialisation failures: the same again may well succeed. */
const retryable = ['40001', '40P01', '55P03'];

const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** Whether an error says that the database is away, full or shutting down, rather than that the statement is wrong. */
export const isUnavailable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  if (cause instanceof DatabaseError) {
    const code = cause.code ?? '';
    return passing.some((prefix) => code.startsWith(prefix)) || retryable.includes(code);
  }
  if (cause instanceof AggregateError) return cause.errors.some(isUnavailable);
  return (
    socketErrors.has((cause as NodeJS.ErrnoException).code ?? '') ||
    lostConnection.test((cause as Error).message)
  );
};
