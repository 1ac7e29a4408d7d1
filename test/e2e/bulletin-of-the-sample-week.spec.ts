import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../support/api/client.js';
import { opening } from '../support/api/contract.js';
import { figureNames, type Figures } from '../support/figures/figures.js';
import {
  formOf,
  plainSpaces,
  sheetsOfXlsx,
  textOfHtml,
  textOfMarkdown,
  textOfPdf,
} from '../support/bulletins/printed-forms.js';
import { realDate, realDraft, realLines } from '../support/bulletins/real-bulletin.js';
import { expectedDays, sampleLines } from '../support/figures/sample-week.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

interface BulletinBody {
  revision: number;
  figures: { position: string; total: Figures; establishments: (Figures & { code: string; name: string })[] };
  differences: { establishment: string; figure: string; from: number; to: number; by: number }[];
}

const path = `/v1/bulletins/${realDate}`;
const expected = expectedDays[realDraft.ticketDay]!;
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

let server: HostedServer;
let client: Client;
let published: BulletinBody;

const send = async (lines: string[]): Promise<void> => {
  for (let first = 0; first < lines.length; first += 1000) {
    const commands = lines.slice(first, first + 1000).join(',');
    const { status } = await client.post('/v1/sync', `{"deviceId":"test","commands":[${commands}]}`);
    expect(status).toBe(200);
  }
};

beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await send(sampleLines());
  expect((await client.send('PUT', path, realDraft)).status).toBe(201);
  const answer = await client.post<BulletinBody>(`${path}/publish`);
  expect(answer.status).toBe(200);
  published = answer.body;
});
afterAll(() => server.close());

/** The plain text of the bulletin in one format, as a reader sees it: without tags or Markdown signs. */
const textIn = async (format: 'html' | 'md' | 'pdf', query = ''): Promise<string> => {
  const { status, bytes } = await formOf(client, `${path}?format=${format}${query}`);
  expect([format, status]).toEqual([format, 200]);
  if (format === 'pdf') return textOfPdf(bytes);
  return format === 'html' ? textOfHtml(decoded(bytes)) : textOfMarkdown(decoded(bytes));
};

/** A text without white space, for comparison: a PDF wraps its lines, and adds no hyphen where it does. */
const squeezed = (text: string): string => text.replace(/\s/g, '');

describe('the bulletin of the sample week', () => {
  const ticketLines = realLines.filter((line) => /billets quotidiens/i.test(line));

  it.each(['html', 'md', 'pdf'] as const)(
    'has the ticket lines of the real bulletin, word for word, in %s',
    async (format) => {
      expect(ticketLines).toEqual([
        'Billets quotidiens – vendredi 15 mai 00h00 à 23h59',
        'Nombre de billets quotidiens : 1107',
        'Nombre de billets quotidiens résolus au cours de cette même période : 1024',
      ]);
      const lines = (await textIn(format)).split('\n').map((line) => line.trim());
      expect(lines).toEqual(expect.arrayContaining(ticketLines));
    },
  );

  it.each(['html', 'md', 'pdf'] as const)(
    'has every other line of the real bulletin in its order, in %s',
    async (format) => {
      const text = squeezed(await textIn(format));
      const lines = realLines.slice(
        0,
        realLines.findIndex((line) => line.startsWith('Québec')),
      );
      let from = 0;
      for (const line of lines) {
        const at = text.indexOf(squeezed(plainSpaces(line)), from);
        expect([line, at >= from]).toEqual([line, true]);
        from = at + squeezed(line).length;
      }
    },
  );

  it.each(['html', 'md'] as const)('never breaks a number at the end of a line, in %s', async (format) => {
    const { bytes } = await formOf(client, `${path}?format=${format}`);
    const text = decoded(bytes);
    for (const number of ['23\u00A0431', '30\u00A0000', '2\u00A0250', '78,1\u00A0%', '89\u00A0%']) {
      expect(text).toContain(number);
    }
  });

  it('is available in English', async () => {
    for (const format of ['html', 'md', 'pdf'] as const) {
      const lines = (await textIn(format, '&lang=en')).split('\n').map((line) => line.trim());
      expect(lines).toEqual(
        expect.arrayContaining([
          'Daily update',
          'Billets quotidiens – Friday, May 15, 00:00 to 23:59',
          'Number of daily tickets: 1107',
          'Number of daily tickets resolved during that same period: 1024',
        ]),
      );
    }
  });
});

describe('the numbers are the same in every format', () => {
  const rows = (): [string, ...number[]][] => [
    ...published.figures.establishments.map((establishment): [string, ...number[]] => [
      establishment.name,
      ...figureNames.map((figure) => establishment[figure]),
    ]),
    ['Total', ...figureNames.map((figure) => expected.total[figure])],
  ];

  it('in JSON, which has the figures of the independent count', () => {
    expect(published.figures.total).toEqual(expected.total);
    const byCode = published.figures.establishments.map(({ code, name: _name, ...figures }) => [
      code,
      figures,
    ]);
    expect(Object.fromEntries(byCode)).toEqual(expected.establishments);
  });

  it('in HTML', async () => {
    const html = decoded((await formOf(client, `${path}?format=html`)).bytes);
    const printed = [...html.matchAll(/<th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(
      ([, name, cells = '']) => [
        name,
        ...[...cells.matchAll(/<td>(\d+)<\/td>/g)].map(([, number]) => Number(number)),
      ],
    );
    expect(printed).toEqual(rows());
  });

  it('in Markdown', async () => {
    const markdown = decoded((await formOf(client, `${path}?format=md`)).bytes);
    const printed = [...markdown.matchAll(/^\| (.*) \|$/gm)].map(([, cells = '']) => cells.split(' | '));
    expect(printed.slice(2)).toEqual(rows().map((row) => row.map(String)));
  });

  it('in the text of the PDF', async () => {
    const text = squeezed(await textIn('pdf'));
    for (const row of rows()) expect(text).toContain(squeezed(row.join('')));
  });

  it('in CSV', async () => {
    const { bytes } = await formOf(client, `${path}?format=csv`);
    const table = decoded(bytes)
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(table[0]).toEqual(['date', 'establishment', 'name', ...figureNames]);
    expect(table.slice(1).map(([date, , ...row]) => [date, ...row])).toEqual(
      rows().map((row) => [realDraft.ticketDay, ...row.map(String)]),
    );
  });

  it('in the two sheets of XLSX', async () => {
    const { bytes } = await formOf(client, `${path}?format=xlsx`);
    const [days, totals] = await sheetsOfXlsx(bytes);
    const day = new Date(realDraft.ticketDay);
    expect(days!.data.slice(1).map(([date, , ...row]) => [date, ...row])).toEqual(
      rows()
        .slice(0, -1)
        .map((row) => [day, ...row]),
    );
    expect(totals!.data.slice(1)).toEqual([[day, ...rows().at(-1)!.slice(1)]]);
  });
});

describe('a late event for the published day', () => {
  const late = opening({ occurredAt: '2026-05-15T23:58:00-04:00' });
  let ticketId: string;
  let position: string;

  beforeAll(async () => {
    const { status, body, headers } = await client.post<{ ticketId: string }>('/v1/tickets', late);
    expect(status).toBe(201);
    ({ ticketId } = body);
    // An event of another day must not be listed as a cause.
    await client.post('/v1/tickets', opening({ occurredAt: '2026-05-16T08:00:00-04:00' }));
    position = headers.get('Position')!;
  });

  it('leaves the publication unchanged, and appears as a difference', async () => {
    const { body } = await client.get<BulletinBody>(`${path}?minPosition=${position}`);
    expect(body.figures).toEqual(published.figures);
    const { opened, backlog } = expected.establishments.NIM!;
    expect(body.differences).toEqual([
      { establishment: 'NIM', figure: 'opened', from: opened, to: opened + 1, by: 1 },
      { establishment: 'NIM', figure: 'backlog', from: backlog, to: backlog + 1, by: 1 },
    ]);
    expect(await textIn('md')).toContain('Nombre de billets quotidiens : 1107\n');
  });

  it('is the only event listed by the revision, with its changes', async () => {
    const { status, body } = await client.post<BulletinBody>(`${path}/revise`);
    expect([status, body.revision, body.differences]).toEqual([200, 2, []]);
    const revisions = await client.get<{
      items: {
        revision: number;
        total: { figure: string; by: number }[];
        changes: { establishment: string; figure: string; by: number; events: object[] }[];
      }[];
    }>(`${path}/revisions`);
    const [first, second] = revisions.body.items;
    expect(first).toMatchObject({ revision: 1, total: [], changes: [] });
    expect(second!.total).toEqual([
      { figure: 'opened', from: 1107, to: 1108, by: 1 },
      { figure: 'backlog', from: expected.total.backlog, to: expected.total.backlog + 1, by: 1 },
    ]);
    const event = {
      ticketId,
      type: 'TicketOpened',
      position,
      occurredAt: '2026-05-16T03:58:00.000Z',
      recordedAt: expect.any(String),
      delta: 1,
    };
    expect(second!.changes).toMatchObject([
      { establishment: 'NIM', figure: 'opened', by: 1, events: [event] },
      { establishment: 'NIM', figure: 'backlog', by: 1, events: [event] },
    ]);
    expect(second!.changes.map(({ events }) => events.length)).toEqual([1, 1]);
  });

  it.each(['html', 'md', 'pdf'] as const)(
    'is announced in %s, and the first publication stays unchanged',
    async (format) => {
      const now = squeezed(await textIn(format));
      expect(now).toContain(squeezed('Rectificatif – révision 2'));
      expect(now).toContain(squeezed('Nombre de billets quotidiens : 1108 au lieu de 1107 (+1)'));
      expect(now).toContain(squeezed('Nombre de billets quotidiens : 1108'));
      const then = squeezed(await textIn(format, '&revision=1'));
      expect(then).toContain(squeezed('Nombre de billets quotidiens : 1107'));
      expect(then).not.toContain('Rectificatif');
    },
  );
});
