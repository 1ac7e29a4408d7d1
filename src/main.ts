import { readSettings } from './config/settings.js';
import { serveUntilStopped } from './cli/serve.js';

await serveUntilStopped(() => readSettings(process.env));
