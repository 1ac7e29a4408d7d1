import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoDataDir } from '../config/demo-data-dir.js';
import { readSettings, type Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';

interface DemoArguments {
  /** The sample stays in May 2026, and nothing is added to it. */
  isAsItIs: boolean;
  /** What a demo that runs is told; undefined to begin one. */
  step: 'pause' | 'resume' | undefined;
}

export const usage =
  'expected nothing, or one of --as-is, for the days as they were in May 2026, --pause and --resume, for the demo that runs; npm run demo -- --as-is';
const flag = { type: 'boolean', default: false } as const;

/** Throws StartRefused for more than one thing, and what `parseArgs` throws for anything else that is asked for. */
export const readArguments = (): DemoArguments => {
  const { values } = parseArgs({ options: { 'as-is': flag, pause: flag, resume: flag } });
  if (Object.values(values).filter(Boolean).length > 1) throw new StartRefused(usage);
  const step = values.pause ? 'pause' : values.resume ? 'resume' : undefined;
  return { isAsItIs: values['as-is'], step };
};

/**
 * The demo's settings: always the embedded database, in a folder of its own that begins empty, so that the sample never mixes with real
 * data.
 */
export const demoSettings = (): Settings => {
  // Left out before reading the settings and not after: whether the development issuer may exist depends on the settings in use.
  const { DATABASE_URL: _d, EVENT_STORE_URL: _e, OIDC_ISSUER: _i, OIDC_CLIENT_ID: _c, ...rest } = process.env;
  // Refused unless said otherwise: it is what a hospital would want, and what people should see.
  const settings = readSettings({ HEALTH_NUMBERS_IN_TITLES: 'refuse', ...rest });
  // What goes on by itself, and is paused from a page, is in the memory of one process.
  if (settings.workers > 1) throw new StartRefused('WORKERS: expected 1, since the demo is one process');
  const dataDir = demoDataDir(settings.dataDir);
  return {
    ...settings,
    dataDir,
    // The terminal is what a newcomer reads; the log is there for whoever looks for it.
    logFile: join(dataDir, 'log.ndjson'),
    freshData: true,
  };
};
