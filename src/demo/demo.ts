import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { signDevelopmentToken } from '../access/core.js';
import { importFile } from '../cli/import/import-file.js';
import { createProgress } from '../cli/terminal/progress.js';
import { serveUntilStopped, welcome } from '../cli/serve.js';
import { demoDataDir } from '../config/demo-data-dir.js';
import { readSettings, type Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import type { Server } from '../boot/server.js';
import { movedDay, movedLine, sample, sampleToday, weeksUntil } from './moved-week.js';
import { bulletinLines, readWeek, weekTable } from './week-table.js';

const week = fileURLToPath(new URL('./sample-week/dsn-premiere-semaine.ndjson.gz', import.meta.url));

interface DemoSettings extends Settings {
  /** The sample stays in May 2026. */
  isAsItIs: boolean;
}

/** Throws StartRefused for anything else that is asked for. */
const readIsAsItIs = (): boolean => {
  try {
    return parseArgs({ options: { 'as-is': { type: 'boolean', default: false } } }).values['as-is'];
  } catch {
    throw new StartRefused(
      'expected nothing, or --as-is for the days as they were in May 2026; npm run demo -- --as-is',
    );
  }
};

/**
 * The demo's settings: always the embedded database, in a folder of its own that begins empty, so that the sample never mixes with real
 * data.
 */
const demoSettings = (): DemoSettings => {
  const isAsItIs = readIsAsItIs();
  // Left out before reading the settings and not after: whether the development issuer may exist depends on the settings in use.
  const { DATABASE_URL: _d, EVENT_STORE_URL: _e, OIDC_ISSUER: _i, OIDC_CLIENT_ID: _c, ...rest } = process.env;
  // Refused unless said otherwise: it is what a hospital would want, and what people should see.
  const settings = readSettings({ HEALTH_NUMBERS_IN_TITLES: 'refuse', ...rest });
  return {
    ...settings,
    isAsItIs,
    dataDir: demoDataDir(settings.dataDir),
    freshData: true,
  };
};

const tokenFor = (role: 'agent' | 'producer'): Promise<string> =>
  signDevelopmentToken({ subject: 'demo', roles: [role], establishments: ['*'] });

const showWeek = async (server: Server, settings: DemoSettings): Promise<void> => {
  const { url } = server;
  const weeks = settings.isAsItIs ? 0 : weeksUntil(sampleToday());
  const here = (day: string) => movedDay(day, weeks);
  process.stdout.write('Sending the first week of the DSN through the public API…\n');
  if (weeks !== 0) {
    process.stdout.write(
      `It is that of ${sample.first} to ${sample.last}, moved by ${weeks} weeks: ${here(sample.first)} to ${here(sample.last)}. As it was: npm run demo -- --as-is\n`,
    );
  }
  const progress = createProgress('commands');
  const startedAt = Date.now();
  const counts = await importFile({
    path: week,
    url,
    token: await tokenFor('agent'),
    batchSize: 1000,
    edit: (line) => movedLine(line, weeks),
    onProgress: progress.show,
  }).finally(() => progress.stop());
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const { applied, duplicate, unchanged, refused } = counts;
  process.stdout.write(
    `${applied} commands applied, ${duplicate} duplicate, ${unchanged} unchanged, ${refused} refused, in ${seconds} s\n\n`,
  );
  const days = await readWeek(url, await tokenFor('producer'), {
    ...{ from: here(sample.first), to: here(sample.last), minPosition: counts.position },
  });
  const day = here(sample.bulletin);
  const bulletin = { real: sample.bulletin, here: day };
  const pages = [
    ['a day', `/jours/${day}`],
    ['bulletins', '/bulletins'],
    ['desk', '/bureau'],
    ['tablet', '/equipe'],
  ] as const;
  process.stdout.write(
    `${bulletinLines(days, bulletin)}\n\n${weekTable(days)}\n\n${welcome(url, settings, { day, pages })}\n`,
  );
};

await serveUntilStopped(demoSettings, showWeek);
