import type { Settings } from '../config/settings.js';
import { startServer, type Serving, type Simulation } from '../boot/server.js';
import { startWorkers } from '../boot/workers/start-workers.js';
import { exitAfterOutput } from './terminal/exit-after-output.js';
import { explained } from './terminal/explained.js';
import { onStopSignal } from './terminal/stop-signals.js';

/**
 * How long stopping may take after a signal: requests at hand get their time first, then the rest of the server, the embedded database
 * last.
 */
const maxStopMs = 30_000;

/**
 * Starts a server, in several processes where WORKERS says so, prints where it is, and stops it cleanly at a signal; a second, later
 * signal stops it at once. While the server is starting there is nothing to finish: it then ends at once, and the embedded database with
 * it. The simulation is the demo's.
 */
export const serveUntilStopped = async <Read extends Settings>(
  read: () => Read,
  whenServing: (server: Serving, settings: Read) => Promise<void> = greet,
  simulation?: Simulation,
): Promise<void> => {
  goOnUnread();
  let server: Serving | undefined;
  const stopping = new AbortController();
  onStopSignal(() => {
    stopping.abort();
    if (server) void stop(server);
    else process.exit(0);
  });
  try {
    const settings = read();
    server =
      settings.workers > 1
        ? await startWorkers(settings)
        : await startServer(settings, 'thread', {}, { simulation });
    await whenServing(server, settings);
  } catch (error) {
    // Work that was under way failed because the server was told to stop.
    if (stopping.signal.aborted) return;
    process.stderr.write(`${explained(error)}\n`);
    await server?.close();
    await exitAfterOutput(1);
  }
};

const stop = async (server: Serving): Promise<void> => {
  setTimeout(() => process.exit(1), maxStopMs).unref();
  try {
    await server.close();
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`);
    await exitAfterOutput(1);
  }
  process.exit(0);
};

/** Ignores errors of the output: its reader may go (a closed terminal, `| head`), which is no reason to stop serving. */
const goOnUnread = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
};

const greet = (server: Serving, settings: Settings): Promise<void> => {
  process.stdout.write(`${welcome(server.url, settings)}\n`);
  return Promise.resolve();
};

interface Welcomed {
  /** The day of the first call. */
  day?: string;
  /** Pages to go on to, each with its path. */
  pages?: readonly (readonly [name: string, path: string])[];
  /** What else can be done from the terminal. */
  more?: readonly (readonly [name: string, command: string])[];
}

/** The text that greets a person: addresses, tokens, and how to stop. */
export const welcome = (
  url: string,
  settings: Settings,
  { day = '2026-05-15', pages = [], more = [] }: Welcomed = {},
): string => {
  const tokens = settings.oidc ? [line('tokens', `from ${settings.oidc.issuer}`)] : tokenHelp(url, day);
  return [
    `Billets quotidiens serves at ${url}`,
    line('page', `${url}/`),
    ...pages.map(([name, path]) => line(name, `${url}${path}`)),
    line('API', `${url}/docs   (document: ${url}/openapi.json)`),
    ...tokens,
    ...more.map(([name, command]) => line(name, command)),
    line('stop', 'Ctrl-C'),
  ].join('\n');
};

const line = (name: string, value: string): string => `  ${name.padEnd(14)}${value}`;

const tokenHelp = (url: string, day: string): string[] => [
  line('a token', 'npm run --silent token -- --role producer'),
  line(
    'a first call',
    `curl -s -H "Authorization: Bearer $(npm run --silent token -- --role producer)" ${url}/v1/billets-quotidiens/${day}`,
  ),
];
