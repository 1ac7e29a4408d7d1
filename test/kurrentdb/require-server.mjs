// Ends with exit code 1 and one line where nobody says which KurrentDB is to be tried out. It runs before Jest, for Jest
// surrounds whatever its own set-up throws with a stack trace, and a configuration is also read by those who run no test.
if (!process.env.KURRENTDB_URL) {
  process.stderr.write(
    'KURRENTDB_URL: missing; expected the connection string of a KurrentDB to try out, such as ' +
      'kurrentdb://localhost:2113?tls=false; what the tests write stays in it\n',
  );
  process.exitCode = 1;
}
