const dist = process.env.DIST ? `file://${process.env.DIST}` : '../../../dist/bundle';
/** @type {typeof import('../../../src/cli/serve.js')} */
const { serveUntilStopped } = await import(`${dist}/cli/serve.js`);
/** @type {typeof import('../../../src/config/settings.js')} */
const { readSettings } = await import(`${dist}/config/settings.js`);

/** dist/main.js for tests and benchmarks, whose tokens are the development issuer's: a server with a DATABASE_URL would refuse these. */
await serveUntilStopped(() => ({ ...readSettings(process.env), noDevelopmentIssuer: undefined }));
