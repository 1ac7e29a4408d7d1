/**
 * SQLSTATE classes that blame the statement or its values: the code is wrong, and the same again fails again. Whatever else
 * PostgreSQL says, in a class that is not here or in none that is known yet, is the state it is in, which may pass.
 */
const statementClasses = new Set(
  '01 02 03 09 0A 0B 0F 0L 0P 0Z 10 20 21 22 23 24 25 27 2B 2D 2F 34 38 39 3B 42 44 54 P0'.split(' '),
);

/** What those classes hold beside: the state of the session, of the server, or of the role's rights. */
const passingStates = new Set([
  '25006', // read-only: a standby, or a server that takes no writes for now
  '25P03', // the session lay idle amid a transaction for too long
  '25P04', // the transaction took too long
  '42501', // the rights that the role had at the start were taken away
  '42P05', // the session is not the one that prepared the statement: a pooler is in between
]);

/** What a prepared statement reads got other columns, in a rebuild, say: the driver lets go of its connection, and the next one prepares anew. */
const outdatedPlan = 'RevalidateCachedQuery';

const isPassingState = (code: string, routine: string | undefined): boolean =>
  passingStates.has(code) || routine === outdatedPlan || !statementClasses.has(code.slice(0, 2));

/** Node's codes for a connection that could not be made, was lost, or was not trusted, and those of its name resolution. */
const networkCodes = [
  /^E(?:CONN|HOST|NET|ADDR|AI_|TIME|PIPE$|PROTO|NOTCONN|SHUTDOWN|NOBUFS|SOCK)/,
  /^E(?:NOTFOUND|NODATA|SERVFAIL|REFUSED|BADRESP|NONAME|CANCELLED|DESTRUCTION)$/,
  /^ERR_(?:TLS|SSL|SOCKET)_/,
  /^CERT_|_CERT$|_CERT_|SELF_SIGNED_CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$/,
];

/** Calls of the system that only connections make: what they fail of is the connection's trouble, a lack of sockets included. */
const networkCalls = new Set(['connect', 'socket', 'getaddrinfo', 'write', 'shutdown', 'getsockopt']);

/** The driver and its pool tell these in words only. */
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
  /** Only the system's own errors have one. */
  syscall?: string;
  /** PostgreSQL's own errors have one. */
  severity?: string;
  /** Where in PostgreSQL's own code. */
  routine?: string;
  /** TypeORM wraps the driver's error, Node those of several addresses. */
  driverError?: unknown;
  errors?: unknown[];
}

/**
 * Whether an error is the database's or the network's trouble, which may pass, rather than a statement that is wrong. Told by what
 * it holds, not by its class: an error from Node's own network code may be of another realm's Error.
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

/** Whether PostgreSQL says that it takes no writes: a standby, or one that is set read-only. */
export const isReadOnly = (error: unknown): boolean => codeOfDatabase(error) === '25006';

/** Whether the role lacks a right. */
export const isDenied = (error: unknown): boolean => codeOfDatabase(error) === '42501';

const codeOfDatabase = (error: unknown): unknown => {
  const { code, driverError } = (error ?? {}) as Failure;
  return driverError === undefined ? code : codeOfDatabase(driverError);
};

const undefinedColumn = '42703';
const undefinedTable = '42P01';

/** Whether a statement asked for what is not in the tables: they are those of an older version, or the statement is wrong. */
export const lacksColumns = (error: unknown): boolean =>
  [undefinedColumn, undefinedTable].includes((error as { code?: string } | undefined)?.code ?? '');
