import { afterAll, beforeAll, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { clientOf, type Client } from '../../support/api/client.js';
import { ago, expectProblem, openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const columns =
  'date,establishment,name,opened,resolved,resolvedSameDay,reopened,cancelled,merged,transferredIn,transferredOut,backlog';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let server: HostedServer;
let client: Client;
let from: string;
let path: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  // Yesterday: a day that has begun in every zone.
  const ticketId = await openedTicket(client, { occurredAt: ago(86_400) });
  const { headers, body } = await client.post(`/v1/tickets/${ticketId}/start`);
  from = String(body.openedAt).slice(0, 10);
  path = `/v1/billets-quotidiens?from=${from}&to=${from}&minPosition=${headers.get('Position')}`;
});
afterAll(() => server.close());

it('gives the figures as CSV, with a row per day and establishment and one for the day’s total', async () => {
  const { status, headers, body } = await client.get<string>(path, { Accept: 'text/csv' });
  expect([status, headers.get('Content-Type'), headers.get('Vary')]).toEqual([
    200,
    expect.stringMatching(/^text\/csv/),
    expect.stringContaining('Accept'),
  ]);
  const [head, ...rows] = body.trimEnd().split('\r\n');
  expect(head).toBe(columns);
  const json = await client.get<{ items: { establishments: unknown[]; total: { opened: number } }[] }>(path);
  const [day] = json.body.items;
  expect(rows).toHaveLength(day!.establishments.length + 1);
  expect(rows.at(-1)).toMatch(new RegExp(`^${from},,Total,${day!.total.opened},`));
});

it('gives the same columns as an Excel workbook', async () => {
  const token = client.token ?? '';
  const answer = await fetch(new URL(path, server.url), {
    headers: { Accept: xlsx, Authorization: `Bearer ${token}` },
  });
  expect(answer.headers.get('Content-Type')).toMatch(xlsx);
  expect(answer.headers.get('Content-Disposition')).toMatch(
    /attachment; filename="billets-quotidiens-.*\.xlsx"/,
  );
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  const first = workbook.worksheets[0]!.getRow(1).values as unknown[];
  expect(first.slice(1).join(',')).toBe(columns);
});

it('gives the format of ?format= whatever Accept says, since a link can’t set headers', async () => {
  const { status, headers } = await client.get(`${path}&format=csv`, { Accept: 'text/html' });
  expect([status, headers.get('Content-Type')]).toEqual([200, expect.stringMatching(/^text\/csv/)]);
  expectProblem(await client.get(`${path}&format=pdf`), 400, 'malformed');
});

it('refuses a format it does not have', async () => {
  expectProblem(await client.get(path, { Accept: 'image/png' }), 406, 'not-acceptable');
});
