import type { Settings } from '../config/settings.js';
import { startServer, type Server } from '../server.js';
import { exitOnceSaid } from './exit-once-said.js';
import { explained } from './explained.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts a server, says where it is, and stops it cleanly at a signal; a second signal stops it at once. */
export const serveUntilStopped = async (
  read: () => Settings,
  whenServing: (server: Server, settings: Settings) => Promise<void> = greet,
): Promise<void> => {
  const stop = stopAtSignal();
  let server: Server | undefined;
  try {
    const settings = read();
    server = await startServer(settings, 'thread');
    if (stop.closing(server)) return;
    await whenServing(server, settings);
  } catch (error) {
    process.stderr.write(`${explained(error)}\n`);
    await server?.close();
    await exitOnceSaid(1);
  }
};

/** A signal may come while the server is still starting: it's then closed as soon as it has started. */
const stopAtSignal = () => {
  let asked = false;
  let server: Server | undefined;
  const close = async (running: Server): Promise<void> => {
    await running.close();
    process.exit(0);
  };
  for (const signal of signals) {
    process.on(signal, () => {
      if (asked) process.exit(130);
      asked = true;
      if (server) void close(server);
    });
  }
  return {
    closing: (started: Server): boolean => {
      server = started;
      if (asked) void close(started);
      return asked;
    },
  };
};

const greet = (server: Server, settings: Settings): Promise<void> => {
  process.stdout.write(`${welcome(server.url, settings)}\n`);
  return Promise.resolve();
};

/** What a person needs next. */
export const welcome = (url: string, settings: Settings): string => {
  const tokens = settings.oidc ? [line('tokens', `from ${settings.oidc.issuer}`)] : tokenHelp(url);
  return [
    `Billets quotidiens serves at ${url}`,
    line('page', `${url}/`),
    line('API', `${url}/docs   (document: ${url}/openapi.json)`),
    ...tokens,
    line('stop', 'Ctrl-C'),
  ].join('\n');
};

const line = (name: string, value: string): string => `  ${name.padEnd(14)}${value}`;

const tokenHelp = (url: string): string[] => [
  line('a token', 'npm run --silent token -- --role producer'),
  line(
    'a first call',
    `curl -s -H "Authorization: Bearer $(npm run --silent token -- --role producer)" ${url}/v1/billets-quotidiens/2026-05-15`,
  ),
];
