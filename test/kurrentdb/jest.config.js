import everything from '../../jest.config.js';

const [unit] = everything.projects;

/** The tests of `npm run test:kurrentdb`. `npm test` leaves them out, since they need a KurrentDB server. */
export default {
  ...unit,
  displayName: 'kurrentdb',
  rootDir: '../..',
  testMatch: ['<rootDir>/test/kurrentdb/*.ts'],
};
