/**
 * PostgreSQL's settings, given on the command line, where they win over postgresql.conf and ALTER SYSTEM. The first three make
 * an acknowledged append durable. wal_compression is left off: this build has only pglz, and after a checkpoint, when each page that
 * is touched goes to the WAL whole, an append with it takes four times as long for two thirds of the bytes (measured).
 */
const settings = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: '',
  cluster_name: 'billets-quotidiens',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  jit: 'off',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  checkpoint_completion_target: '0.9',
};

/** Of one server, with room for commands, and for a second server that is refused. */
const connectionsOfOne = 200;

export const postgresSettingArguments = (runtimeDir: string, moreConnections = 0): string[] =>
  Object.entries({
    ...settings,
    max_connections: String(connectionsOfOne + moreConnections),
    unix_socket_directories: quoted(runtimeDir),
    unix_socket_permissions: '0700',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Quotes a path for a setting that is a list of names, which a TMPDIR with a comma or a space would break. */
const quoted = (path: string): string => `"${path.replaceAll('"', '""')}"`;
