/** Two projects: pure unit tests beside the code, and everything that needs a server or a database. */
const common = {
  // Node loads the modules, as for a user: Jest would load them anew for each suite, two fifths of what unit tests take.
  runtime: '<rootDir>/test/support/jest/native/runtime.cjs',
  testEnvironment: '<rootDir>/test/support/jest/native/environment.js',
  transform: {},
};

export default {
  workerIdleMemoryLimit: '768MB',
  // One more than the two cores of the machine that counts: suites wait half of their time, for processes and for PostgreSQL.
  maxWorkers: 3,
  // Far beyond what any test needs: speed is for benchmarks, and machines that others use are slow at times.
  testTimeout: 300_000 * Math.max(1, Number(process.env.TEST_BUDGET ?? 1)),
  testSequencer: '<rootDir>/test/support/jest/long-suites-first.js',
  reporters: ['default', '<rootDir>/test/support/jest/slowest-suites.js'],
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'system',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/architecture/canaries/'],
      globalSetup: '<rootDir>/test/support/database/global-setup.js',
      globalTeardown: '<rootDir>/test/support/database/global-teardown.js',
    },
  ],
};
