const dist = '../../../dist';
/** @type {typeof import('../../../src/cli/serve.js')} */
const { serveUntilStopped } = await import(`${dist}/cli/serve.js`);
/** @type {typeof import('../../../src/config/settings.js')} */
const { readSettings } = await import(`${dist}/config/settings.js`);
/** @type {typeof import('../../../src/access/token-verifier.js')} */
const { TokenVerifier } = await import(`${dist}/access/token-verifier.js`);

const without = new Set((process.env.BENCH_WITHOUT ?? '').split(','));

if (without.has('tokens')) {
  const create = TokenVerifier.create.bind(TokenVerifier);
  TokenVerifier.create = async (settings) => {
    const verifier = await create(settings);
    const verify = verifier.verify.bind(verifier);
    /** @type {ReturnType<typeof verify> | undefined} */
    let first;
    // Whoever came first is everybody.
    verifier.verify = (authorization) => (first ??= verify(authorization));
    return verifier;
  };
}

/** The product without some of what keeps it safe, which no setting can take away, and with the development issuer: for benchmarks. */
await serveUntilStopped(() => ({
  ...readSettings(process.env),
  noDevelopmentIssuer: undefined,
  plainTexts: without.has('texts'),
  logsAccesses: !without.has('accesses'),
}));
