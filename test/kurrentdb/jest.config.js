import everything from '../../jest.config.js';

const [unit] = everything.projects;

/** What `npm run test:kurrentdb` runs, and `npm test` does not: it needs a server that nobody can be asked to have. */
export default {
  ...unit,
  displayName: 'kurrentdb',
  rootDir: '../..',
  testMatch: ['<rootDir>/test/kurrentdb/event-store.ts'],
};
