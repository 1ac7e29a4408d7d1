const dist = '../../../dist';
/** @type {typeof import('../../../src/cli/serve.js')} */
const { serveUntilStopped } = await import(`${dist}/cli/serve.js`);
/** @type {typeof import('../../../src/config/settings.js')} */
const { readSettings } = await import(`${dist}/config/settings.js`);

/** The product with its texts in plain, which no setting can make it do, and with the development issuer: for benchmarks. */
await serveUntilStopped(() => ({
  ...readSettings(process.env),
  noDevelopmentIssuer: undefined,
  plainTexts: true,
}));
