import { dayAfter } from '../calendar/local-days.js';
import { serveUntilStopped } from '../cli/serve.js';
import { explained } from '../cli/terminal/explained.js';
import { runCommand } from '../cli/terminal/run-command.js';
import { Continuation } from './continuation/continuation.js';
import { demoSettings, readArguments, usage } from './demo-settings.js';
import { tokenFor } from './demo-token.js';
import { goOn } from './go-on.js';
import { daysBeforeSample, movedDay, sample, sampleToday, weeksUntil } from './moved-week.js';
import { showWeek } from './show-week.js';
import { tellRunningDemo } from './tell-running-demo.js';

const printFailure = (error: unknown): void => void process.stderr.write(`${explained(error)}\n`);

/** The sample as it was in May 2026, with nothing after it. */
const serveAsItIs = (): Promise<void> =>
  serveUntilStopped(demoSettings, (server, settings) =>
    showWeek(server, settings, { weeks: 0, isAlive: false }),
  );

/** The sample moved to the last seven days, and what goes on where it ends. */
const serveAlive = (): Promise<void> => {
  const weeks = weeksUntil(sampleToday());
  const last = movedDay(sample.last, weeks);
  const continuation = new Continuation({
    tour: { day: movedDay(sample.bulletin, weeks), bulletin: last },
    from: dayAfter(last),
    earlier: daysBeforeSample(weeks),
    onFailure: printFailure,
  });
  return serveUntilStopped(
    demoSettings,
    async (server, settings) => {
      await showWeek(server, settings, { weeks, isAlive: true });
      await goOn(server, continuation, weeks);
    },
    continuation,
  );
};

await runCommand(usage, async () => {
  const { isAsItIs, step } = readArguments();
  if (step === undefined) return isAsItIs ? serveAsItIs() : serveAlive();
  const { port } = demoSettings();
  return tellRunningDemo(step, { port, token: await tokenFor('producer') });
});
