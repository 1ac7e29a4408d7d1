// Exits with code 1 and one line where KURRENTDB_URL is missing. This check runs before Jest and not in its set-up, since Jest adds a
// stack trace to any error there; and not in the configuration, since tools read that without running a test.
if (!process.env.KURRENTDB_URL) {
  process.stderr.write(
    'KURRENTDB_URL: missing; expected the connection string of a KurrentDB to try out, such as ' +
      'kurrentdb://localhost:2113?tls=false; what the tests write stays in it\n',
  );
  process.exitCode = 1;
}
