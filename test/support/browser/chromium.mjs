import { existsSync } from 'node:fs';

/** The first is the same browser without its own windows, which nobody looks at here: it takes a third less of the processor. */
const executables = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * The launch options of this machine's Chromium. Throws when there is none, rather than skip: an untested page is not known to work.
 * @returns {{ executablePath: string, args: string[] }}
 */
export const launchOptions = () => {
  const executablePath = executables.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: apt-get install --no-install-recommends chromium-headless-shell');
  }
  // Chromium's sandbox does not run as root, as CI does; the pages are our own, so it is not needed. Nor is a graphics processor, which
  // Chromium would otherwise emulate.
  return { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'] };
};
