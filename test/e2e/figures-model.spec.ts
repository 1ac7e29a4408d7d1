import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { clientOf, codeOf, type Client } from '../support/api/client.js';
import { difference, mistakes } from '../support/figures/figure-differences.js';
import { noFigures, readFigures, type DayFigures, type Figures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { NaiveFigures, type NaiveAnswer } from '../support/figures/naive-figures.js';
import { present, range, requestsOf, scenarios, type Request } from '../support/tickets/random-commands.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { budgeted } from '../support/budget.js';

const runs = budgeted(15);
const mostCommandsARun = 180;
/** A skew of at most this is left as it is. */
const toleratedSkewMs = 2 * 60_000;
const device = 'appareil';

type Days = Record<string, DayFigures>;

interface Answered extends NaiveAnswer {
  /** What was asked: so that a failure says of what. */
  type: string;
  commandId: string | null;
}

interface SyncAnswer {
  position: string;
  clockSkewMs: number | null;
  results: {
    commandId: string;
    status: NaiveAnswer['status'];
    ticketId: string;
    revision?: number;
    problem?: { type: string; ticket?: { status: NaiveAnswer['ticketStatus'] } };
  }[];
}

interface TicketAnswer {
  ticketId: string;
  status: NaiveAnswer['ticketStatus'];
  revision: number;
}

describe('the figures of random commands over five zones', () => {
  let server: TestServer;
  let client: Client;
  let folder: TemporaryFolder;
  /** The newest of all answers: that of a repeated command may be an old one. */
  let position = 0n;
  /** The figures, where the run before has left them known. */
  let known: Days | undefined;

  beforeAll(async () => {
    // The product asks Date.now() what time it is. That it stands still makes every answer predictable to the millisecond.
    jest.spyOn(Date, 'now').mockReturnValue(present);
    folder = await temporaryFolder();
    server = await startTestServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
    client = await clientOf(server);
  });
  afterAll(async () => {
    await server.close();
    await folder.remove();
    jest.restoreAllMocks();
  });

  it('are those of the naive fold, and so is every answer', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(mostCommandsARun), async (scenario) => {
        const naive = new NaiveFigures(fiveZones);
        // One database serves all runs. Figures are sums over tickets, so a run is judged by what it added.
        const before = known ?? (await figures()).days;
        known = undefined;
        for (const request of requestsOf(scenario, fiveZones)) {
          const expected = naivelyAnswered(naive, request);
          expect(await (request.alone ? sendAlone(request) : sendBatch(request))).toMatchObject(expected);
        }
        const { dates, days: after } = await figures();
        expect(mistakes(difference(after, before), naive.days(dates))).toEqual([]);
        expect(brokenInvariants(after)).toEqual([]);
        known = after;
      }),
      // A slow machine makes fewer runs; shrinking a failure stops then, too.
      { numRuns: runs, interruptAfterTimeLimit: budgeted(60_000) },
    );
  });

  const figures = () => readFigures(client, { ...range, minPosition: String(position) });

  const reached = (answered: string): void => {
    if (BigInt(answered) > position) position = BigInt(answered);
  };

  const sendBatch = async ({ commands, skewMs }: Request): Promise<Partial<Answered>[]> => {
    const sentAt = skewMs === undefined ? {} : { sentAt: new Date(present + skewMs).toISOString() };
    const answer = await client.post<SyncAnswer>('/v1/sync', { deviceId: device, ...sentAt, commands });
    expect(answer).toMatchObject({ status: 200, body: { clockSkewMs: skewMs ?? null } });
    reached(answer.body.position);
    return answer.body.results.map(({ commandId, status, revision, problem }, index) => ({
      type: commands[index]!.type,
      commandId,
      status,
      revision,
      problem: codeOf(problem),
      ...(problem ? { ticketStatus: problem.ticket?.status } : {}),
    }));
  };

  /** Through the command's own route, which leaves it to the revision to say whether anything was changed. */
  const sendAlone = async ({ commands: [command] }: Request): Promise<Partial<Answered>[]> => {
    const { type, ticketId, ...body } = command!;
    const opens = type === 'open';
    const path = opens ? '/v1/tickets' : `/v1/tickets/${ticketId}/${type}`;
    const answer = await client.post<TicketAnswer>(path, opens ? { ...body, ticketId } : body);
    const { status, headers } = answer;
    if (status >= 400) return [{ type, status: 'refused', problem: codeOf(answer.body) }];
    reached(headers.get('Position')!);
    const { revision, status: ticketStatus } = answer.body;
    expect(headers.get('ETag')).toBe(`"${revision}"`);
    return [{ type, revision, ticketStatus }];
  };
});

/** What the answers of a request must say. */
const naivelyAnswered = (
  naive: NaiveFigures,
  { commands, alone, skewMs = 0 }: Request,
): Partial<Answered>[] => {
  const corrected = Math.abs(skewMs) > toleratedSkewMs ? skewMs : 0;
  const from = alone ? undefined : device;
  return naive.applyAll(commands, present, corrected, from).map((answer, index) => {
    const { status, problem, revision, ticketStatus } = answer;
    const { commandId, type } = commands[index]!;
    if (alone && status === 'refused') return { type, status, problem };
    if (alone) return { type, revision, ticketStatus };
    if (status === 'refused') return { commandId, type, status, problem };
    return { commandId, type, status, revision };
  });
};

/** What domain.md says holds of any figures, where it does not hold. */
const brokenInvariants = (days: Days): string[] => {
  const all = Object.entries(days).map(([date, { total, establishments }]) => ({
    date,
    figures: { ...establishments, total },
  }));
  const codes = [...Object.keys(fiveZones), 'total'];
  const transferred = (figure: keyof Figures) =>
    all.reduce((sum, { figures }) => sum + figures.total[figure], 0);
  const broken = codes.flatMap((code) => {
    let backlog = 0;
    return all.flatMap(({ date, figures }) => {
      const today = (figures as Record<string, Figures>)[code] ?? noFigures();
      const came = today.opened + today.reopened + today.transferredIn;
      const went = today.resolved + today.cancelled + today.merged + today.transferredOut;
      backlog += came - went;
      return [
        ...(today.resolvedSameDay > today.opened ? [`${date} ${code}: resolvedSameDay above opened`] : []),
        ...(today.backlog !== backlog ? [`${date} ${code}: backlog ${today.backlog}, not ${backlog}`] : []),
        ...(today.backlog < 0 ? [`${date} ${code}: backlog below 0`] : []),
      ];
    });
  });
  const balanced = transferred('transferredIn') === transferred('transferredOut');
  return [...broken, ...(balanced ? [] : ['transferredIn is not transferredOut'])];
};
