import type { Server } from '../boot/server.js';
import { Continuation } from './continuation/continuation.js';
import { learnMix } from './continuation/mix.js';
import { plannedDay } from './continuation/planned-day.js';
import { sendPlanned } from './continuation/send-planned.js';
import { tokenFor } from './demo-token.js';
import { sampleLines } from './sample-lines.js';

/** Has the continuation begin, and says when the days since the sample are filled: the server answers meanwhile. */
export const goOn = async ({ url }: Server, continuation: Continuation): Promise<void> => {
  const startedAt = Date.now();
  const mix = learnMix(await sampleLines());
  const opened = await continuation.begin({
    plannedDay: (day) => plannedDay(mix, day),
    send: async (commands) => sendPlanned(commands, { url, token: await tokenFor('agent') }),
  });
  if (opened === undefined) return;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `\nThe days since are filled with ${opened} invented tickets of the same kind, in ${seconds} s; more arrive by themselves.\n`,
  );
};
