import { serveUntilStopped } from '../../dist/cli/serve.js';
import { readSettings } from '../../dist/config/settings.js';

/** dist/main.js for tests and benchmarks: they hold tokens of the development issuer, which a server with a DATABASE_URL has not. */
await serveUntilStopped(() => ({ ...readSettings(process.env), noDevelopmentIssuer: undefined }));
