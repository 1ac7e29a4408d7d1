/**
 * SQLSTATE classes that blame the statement or its values: our code is wrong, and the same statement would fail again. A code of any
 * other class, even of one that is not known yet, comes of the state that PostgreSQL is in, which may pass.
 */
const statementClasses = new Set(
  '01 02 03 09 0A 0B 0F 0L 0P 0Z 10 20 21 22 23 24 25 27 2B 2D 2F 34 38 39 3B 42 44 54 P0'.split(' '),
);

/** Codes of those classes that nevertheless come of the state of the session, of the server, or of the role's rights. */
const passingStates = new Set([
  '25006', // read-only: a standby, or a server that takes no writes for now
  '25P03', // the session was idle in a transaction for too long
  '25P04', // the transaction took too long
  '42501', // the rights that the role had at the start were taken away
  '42P05', // the session is not the one that prepared the statement: a pooler is in between
]);

/** A prepared statement's table got other columns, in a rebuild, say: its connection is closed, and the next prepares it anew. */
const outdatedPlan = 'RevalidateCachedQuery';

const isPassingState = (code: string, routine: string | undefined): boolean =>
  passingStates.has(code) || routine === outdatedPlan || !statementClasses.has(code.slice(0, 2));

/** Node's codes for a connection that could not be made, was lost, or was not trusted, and for failed name resolution. */
const networkCodes = [
  /^E(?:CONN|HOST|NET|ADDR|AI_|TIME|PIPE$|PROTO|NOTCONN|SHUTDOWN|NOBUFS|SOCK)/,
  /^E(?:NOTFOUND|NODATA|SERVFAIL|REFUSED|BADRESP|NONAME|CANCELLED|DESTRUCTION)$/,
  /^ERR_(?:TLS|SSL|SOCKET)_/,
  /^CERT_|_CERT$|_CERT_|SELF_SIGNED_CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/,
];

/** System calls that only connections make: their failure is the connection's, a lack of sockets included. */
const networkCalls = new Set(['connect', 'socket', 'getaddrinfo', 'write', 'shutdown', 'getsockopt']);

/** Messages of the driver and its pool for a connection that failed: these errors have no code. */
const lostConnection = new RegExp(
  [
    'Connection terminated',
    'Query read timeout',
    'timeout exceeded when trying to connect',
    '^timeout expired$',
    'Client has encountered a connection error',
    'not queryable',
    'does not support SSL connections',
    'error establishing an SSL connection',
    '^SASL: ',
    'Cannot use a pool after calling end',
  ].join('|'),
);

interface Failure {
  code?: unknown;
  message?: string;
  /** Only the system's errors have a syscall. */
  syscall?: string;
  /** Only PostgreSQL's errors have a severity. */
  severity?: string;
  /** The function of PostgreSQL's source that reported the error. */
  routine?: string;
  /** TypeORM wraps the driver's error in `driverError`; Node puts the errors of several addresses in `errors`. */
  driverError?: unknown;
  errors?: unknown[];
}

/**
 * Whether an error comes of the state of the database or the network, which may pass, rather than of a wrong statement. It looks at
 * the error's properties, not at its class: an error from Node's own network code may be of another realm's Error.
 */
export const isUnavailable = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null) return false;
  const { code: given, message = '', syscall, severity, routine, driverError, errors } = error as Failure;
  if (driverError !== undefined) return isUnavailable(driverError);
  if (errors !== undefined && Array.isArray(errors)) return errors.some(isUnavailable);
  const code = typeof given === 'string' ? given : '';
  if (severity !== undefined) return isPassingState(code, routine);
  return (
    networkCodes.some((codes) => codes.test(code)) ||
    networkCalls.has(syscall ?? '') ||
    lostConnection.test(message)
  );
};

/** Whether PostgreSQL refused because it takes no writes: it is a standby, or set read-only. */
export const isReadOnly = (error: unknown): boolean => codeOfDatabase(error) === '25006';

/** Whether the role lacks a right. */
export const isDenied = (error: unknown): boolean => codeOfDatabase(error) === '42501';

const codeOfDatabase = (error: unknown): unknown => {
  const { code, driverError } = (error ?? {}) as Failure;
  return driverError === undefined ? code : codeOfDatabase(driverError);
};

/** Whether PostgreSQL refused a value: what is written can't be stored, whatever state the database is in. */
export const blamesValue = (error: unknown): boolean => /^2[23]/.test(String(codeOfDatabase(error)));

const undefinedColumn = '42703';
const undefinedTable = '42P01';

/** Whether a statement named a table or column that does not exist: the tables are of another version, or the statement is wrong. */
export const lacksColumns = (error: unknown): boolean =>
  [undefinedColumn, undefinedTable].includes((error as { code?: string } | undefined)?.code ?? '');

/** A schema, table, column, function or type that is not there: no value of a statement makes one come or go. */
const undefinedObjects: ReadonlySet<unknown> = new Set(['3F000', '42P01', '42703', '42883', '42704']);

/** Whether a statement asked for something that is not there, whatever values it had. */
export const lacksRelations = (error: unknown): boolean => undefinedObjects.has(codeOfDatabase(error));
