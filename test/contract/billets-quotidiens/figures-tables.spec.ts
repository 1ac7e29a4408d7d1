import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { ago, expectProblem, openedTicket } from '../../support/api/contract.js';
import { formOf, sheetsOfXlsx } from '../../support/bulletins/printed-forms.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const columns =
  'date,establishment,name,opened,resolved,resolvedSameDay,reopened,cancelled,merged,transferredIn,transferredOut,backlog';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const figuresInEnglish = [
  ...['Opened', 'Resolved', 'Resolved same day', 'Reopened', 'Cancelled', 'Merged'],
  ...['Moved in', 'Moved out', 'Active at midnight'],
];

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

/** None of the cells has a comma of its own. */
const withSemicolons = (line: string): string => line.replaceAll(',', ';');

it('gives the figures as CSV, with a row per day and establishment and one for the day’s total', async () => {
  const { status, headers, body } = await client.get<string>(path, { Accept: 'text/csv' });
  expect([status, headers.get('Content-Type'), headers.get('Vary')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    expect.stringContaining('Accept'),
  ]);
  const [head, ...rows] = body.trimEnd().split('\r\n');
  expect(head).toBe(columns);
  const json = await client.get<{ items: { establishments: unknown[]; total: { opened: number } }[] }>(path);
  const [day] = json.body.items;
  expect(rows).toHaveLength(day!.establishments.length + 1);
  expect(rows.at(-1)).toMatch(new RegExp(`^${from},,Total,${day!.total.opened},`));
});

it('gives the same rows to Excel in Quebec: byte order mark, semicolons, French headings', async () => {
  const asked = { Accept: 'text/csv', 'Accept-Language': 'fr' };
  const { body: rfc } = await client.get<string>(path, asked);
  const { headers, bytes } = await formOf(client, `${path}&dialect=excel`, asked);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('Vary')).toContain('Accept-Language');
  const [head, ...rows] = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
  expect(head).toMatch(/^Jour;Code;Établissement;Ouverts;Résolus;/);
  expect(rows).toEqual(rfc.trimEnd().split('\r\n').slice(1).map(withSemicolons));
  expectProblem(await client.get(`${path}&dialect=lotus`, asked), 400, 'malformed');
});

it('gives an Excel workbook with the establishments on one sheet and the totals on another', async () => {
  const { headers, bytes } = await formOf(client, path, { Accept: xlsx, 'Accept-Language': 'en' });
  expect(headers.get('Content-Type')).toMatch(xlsx);
  expect(headers.get('Content-Disposition')).toMatch(/attachment; filename="billets-quotidiens-.*\.xlsx"/);
  expect(headers.get('Content-Language')).toBe('en');
  const [days, totals] = await sheetsOfXlsx(bytes);
  expect([days!.sheet, totals!.sheet]).toEqual(['Days', 'Total']);
  expect(days!.data[0]).toEqual(['Day', 'Code', 'Establishment', ...figuresInEnglish]);
  expect(totals!.data[0]).toEqual(['Day', ...figuresInEnglish]);
  const json = await client.get<{ items: { establishments: unknown[]; total: { opened: number } }[] }>(path);
  const [day] = json.body.items;
  expect(days!.data).toHaveLength(1 + day!.establishments.length);
  expect(totals!.data[1]!.slice(0, 2)).toEqual([new Date(`${from}T00:00:00Z`), day!.total.opened]);
});

it('gives it in the language of ?lang= whatever Accept-Language says', async () => {
  const { bytes } = await formOf(client, `${path}&lang=fr`, { Accept: xlsx, 'Accept-Language': 'en' });
  const [days] = await sheetsOfXlsx(bytes);
  expect([days!.sheet, days!.data[0]!.slice(0, 4)]).toEqual([
    'Jours',
    ['Jour', 'Code', 'Établissement', 'Ouverts'],
  ]);
});

it('gives the format of ?format= whatever Accept says, since a link can’t set headers', async () => {
  const { status, headers } = await client.get(`${path}&format=csv`, { Accept: 'text/html' });
  expect([status, headers.get('Content-Type')]).toEqual([200, expect.stringMatching(/^text\/csv/)]);
  expectProblem(await client.get(`${path}&format=pdf`), 400, 'malformed');
});

it('refuses a format it does not have', async () => {
  expectProblem(await client.get(path, { Accept: 'image/png' }), 406, 'not-acceptable');
});
