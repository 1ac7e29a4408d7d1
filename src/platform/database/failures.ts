/** PostgreSQL error classes that mean «not now»: connection, resources (a full disk too), operator intervention, system. */
const passing = ['08', '53', '57', '58'];
/** Serialisation failures, deadlocks, locks not to be had, transactions that lay idle: the same again may well succeed. */
const retryable = ['40001', '40P01', '55P03', '25P03'];

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
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

interface Failure {
  code?: string;
  message?: string;
  /** PostgreSQL's own errors have one. */
  severity?: string;
  /** TypeORM wraps the driver's error, Node those of several addresses. */
  driverError?: unknown;
  errors?: unknown[];
}

/**
 * Whether an error says that the database is away, full or shutting down, rather than that the statement is wrong. Told by what
 * it holds, not by its class: an error from Node's own network code may be of another realm's Error.
 */
export const isUnavailable = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code = '', message = '', severity, driverError, errors } = error as Failure;
  if (driverError !== undefined) return isUnavailable(driverError);
  if (errors !== undefined) return errors.some(isUnavailable);
  if (severity !== undefined) {
    return passing.some((prefix) => code.startsWith(prefix)) || retryable.includes(code);
  }
  return socketErrors.has(code) || lostConnection.test(message);
};

const undefinedColumn = '42703';
const undefinedTable = '42P01';

/** Whether a statement asked for what is not in the tables: they are those of an older version, or the statement is wrong. */
export const lacksColumns = (error: unknown): boolean =>
  [undefinedColumn, undefinedTable].includes((error as { code?: string } | undefined)?.code ?? '');
