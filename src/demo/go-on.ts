import type { Serving } from '../boot/server.js';
import { dayAfter, dayBefore } from '../calendar/local-days.js';
import { createApiClient } from '../client/client.js';
import { Continuation } from './continuation/continuation.js';
import { learnMix } from './continuation/mix.js';
import { plannedDay } from './continuation/planned-day.js';
import { sendPlanned } from './continuation/send-planned.js';
import { settledDay } from './continuation/settled-day.js';
import { workedOff, type ActiveTicket } from './continuation/worked-off.js';
import { tokenFor } from './demo-token.js';
import { movedDay, sample } from './moved-week.js';
import { sampleLines } from './sample-lines.js';

/** More than the sample leaves active. */
const maxActive = 500;

/**
 * Has the continuation begin, and says when the days since the sample are filled, and when those before it are: the server answers
 * meanwhile. Throws where the API refuses.
 */
export const goOn = async ({ url }: Serving, continuation: Continuation, weeks: number): Promise<void> => {
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
  const mix = learnMix(await sampleLines());
  const first = movedDay(sample.first, weeks);
  const opened = await continuation.begin({
    plannedDay: (day) => plannedDay(mix, day),
    workedOff: workedOff(mix, await activeTickets(url), dayAfter(movedDay(sample.last, weeks))),
    settledDay: (day) => settledDay(mix, day, dayBefore(first)),
    onEarlierFilled: (earlier) =>
      process.stdout.write(
        `The four weeks before are filled, too, with ${earlier} invented tickets that are over, after ${seconds()} s: the board has its forecast.\n`,
      ),
    send: async (commands) => sendPlanned(commands, { url, token: await tokenFor('agent') }),
    sendGently: async (commands) =>
      sendPlanned(commands, {
        ...{ url, token: await tokenFor('agent'), maxCommands: 250 },
        afterBatch: (position) => counted(url, first, position),
      }),
  });
  if (opened === undefined) return;
  process.stdout.write(
    `\nThe days since are filled with ${opened} invented tickets of the same kind, in ${seconds()} s; more arrive by themselves.\n`,
  );
};

/** Waits until the figures count up to a position; a server that takes longer for it says so, and is waited for no more. */
const counted = async (url: string, day: string, minPosition: string): Promise<void> => {
  const api = createApiClient({ url, token: await tokenFor('producer') });
  await api.GET('/v1/billets-quotidiens/{date}', {
    params: { path: { date: day }, query: { minPosition } },
  });
};

const activeTickets = async (url: string): Promise<readonly ActiveTicket[]> => {
  const api = createApiClient({ url, token: await tokenFor('agent') });
  const { data, error } = await api.GET('/v1/tickets', {
    params: { query: { status: 'active', sort: 'age', limit: maxActive } },
  });
  if (error) throw new Error(`the active tickets could not be read: ${JSON.stringify(error)}`);
  return data.items;
};
