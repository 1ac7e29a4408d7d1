import everything from '../../jest.config.js';

/** What `npm run test:kurrentdb` runs, and `npm test` does not: it needs a server that nobody can be asked to have. */
if (!process.env.KURRENTDB_URL) {
  process.stderr.write(
    'KURRENTDB_URL: missing; expected the connection string of a KurrentDB to try out, such as ' +
      'kurrentdb://localhost:2113?tls=false; what the tests write stays in it\n',
  );
  process.exit(1);
}

const [unit] = everything.projects;

export default {
  ...unit,
  displayName: 'kurrentdb',
  rootDir: '../..',
  testMatch: ['<rootDir>/test/kurrentdb/event-store.ts'],
};
