import type { Serving } from '../boot/server.js';
import { importFile } from '../cli/import/import-file.js';
import { createProgress } from '../cli/terminal/progress.js';
import { welcome } from '../cli/serve.js';
import type { Settings } from '../config/settings.js';
import { tokenFor } from './demo-token.js';
import { movedDay, movedLine, sample } from './moved-week.js';
import { publishBulletin } from './published-bulletin.js';
import { week } from './sample-lines.js';
import { bulletinLines, readWeek, weekTable } from './week-table.js';

interface Shown {
  /** By how many weeks the sample is moved. */
  weeks: number;
  /** Tickets arrive by themselves, which can be paused. */
  isAlive: boolean;
}

/** Sends the sample, publishes its bulletin, and prints its figures and where to go on. */
export const showWeek = async (
  { url }: Serving,
  settings: Settings,
  { weeks, isAlive }: Shown,
): Promise<void> => {
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
  const producer = await tokenFor('producer');
  const days = await readWeek(url, producer, {
    ...{ from: here(sample.first), to: here(sample.last), minPosition: counts.position },
  });
  await publishBulletin(url, producer, weeks);
  const day = here(sample.bulletin);
  const bulletin = { real: sample.bulletin, here: day };
  const pages = [
    ['a day', `/jours/${day}`],
    ['bulletins', '/bulletins'],
    ['desk', '/bureau'],
    ['tablet', '/equipe'],
  ] as const;
  // The setting of whoever started it: a demo at another port is told there.
  const at = process.env.PORT ? `PORT=${new URL(url).port} ` : '';
  const pausing = [['pause', `${at}npm run demo -- --pause   (to go on: --resume)`]] as const;
  const log = [
    ['log', `${settings.logFile}   (JSON lines; other servers write them to standard error)`],
  ] as const;
  const more = [...(isAlive ? pausing : []), ...log];
  process.stdout.write(
    `${bulletinLines(days, bulletin)}\n\n${weekTable(days)}\n\n${welcome(url, settings, { day, pages, more })}\n`,
  );
};
