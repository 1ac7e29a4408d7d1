/** Two projects: pure unit tests beside the code, and everything that needs a server or a database. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default {
  coverageProvider: 'v8',
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
