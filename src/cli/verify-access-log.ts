import { verifyAccessChain } from '../access/core.js';
import { readSettings } from '../config/settings.js';
import { verifyHashChain } from './operations/verify-hash-chain.js';
import { runCommand } from './terminal/run-command.js';

const usage = 'npm run --silent verify-access-log';

/** Verifies the access log's hash chain; one JSON line `{position, hash}`. Exit 0: every access is as it was written. */
await runCommand(usage, () =>
  verifyHashChain(readSettings(process.env), {
    verify: verifyAccessChain,
    ...{ name: 'the access log', entry: 'access', entries: 'accesses' },
  }),
);
