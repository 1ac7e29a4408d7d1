import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf, type Client } from '../../support/api/client.js';
import { formOf, textOfHtml } from '../../support/bulletins/printed-forms.js';
import { realDraft } from '../../support/bulletins/real-bulletin.js';
import { readTaggedPdf } from '../../support/bulletins/tagged-pdf.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const date = '2026-05-17';
const organisation = 'Québec & Santé Québec';
const foot = 'Direction des communications';

let folder: string;
let server: HostedServer;
let producer: Client;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'billets-quotidiens-letterhead-'));
  const logoFile = join(folder, 'logo.svg');
  writeFileSync(logoFile, '<svg viewBox="0 0 20 10"><rect width="20" height="10"/></svg>');
  server = await startHostedServer({ paper: 'a4', letterhead: { organisation, foot, logoFile } });
  producer = await clientOf(server);
  await producer.send('PUT', `/v1/bulletins/${date}`, realDraft);
  await producer.post(`/v1/bulletins/${date}/publish`, {});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const form = async (query: string): Promise<Uint8Array<ArrayBuffer>> => {
  const { status, bytes } = await formOf(producer, `/v1/bulletins/${date}?${query}`);
  expect(status).toBe(200);
  return bytes;
};
const textOf = async (query: string): Promise<string> => Buffer.from(await form(query)).toString();

describe('a printed bulletin', () => {
  it.each(['fr', 'en'])('can be read as PDF without seeing it (%s)', async (lang) => {
    const { part, faults, elements } = await readTaggedPdf(await form(`format=pdf&lang=${lang}`));
    expect([part, faults]).toEqual(['1', []]);
    expect(elements[0]).toMatchObject({ role: 'Figure', alt: 'Logo' });
    expect(elements[1]).toMatchObject({ role: 'P', text: organisation });
    expect(elements.at(-1)?.text).toBe(foot);
  });

  it('is on the paper that is set', async () => {
    expect(Buffer.from(await form('format=pdf')).toString('latin1')).toContain(
      '/MediaBox [0 0 595.28 841.89]',
    );
    expect(await textOf('format=html')).toContain('@page { size: a4;');
    const { body } = await producer.get<string>('/bulletins');
    expect(body).toMatch(/<link rel="stylesheet" href="\/assets\/a4\.css\?v=\w+" media="print" \/>/);
  });

  it('says who publishes in every form that is read, and has their logo in itself', async () => {
    const html = await textOf('format=html');
    expect(html).toContain('<img src="data:image/svg+xml;base64,');
    expect(textOfHtml(html)).toContain(organisation);
    expect(textOfHtml(html)).toContain(foot);
    const markdown = await textOf('format=md');
    expect(markdown.startsWith(`${organisation}\n\n# Mise à jour quotidienne\n`)).toBe(true);
    expect(markdown.endsWith(`*${foot}*\n`)).toBe(true);
  });

  it('is shown with its logo while it is written', async () => {
    const { body, headers } = await producer.get<string>(`/bulletins/${date}/edit`);
    expect(body).toContain('data:image/svg+xml;base64,');
    expect(headers.get('Content-Security-Policy')).toContain("img-src 'self' data:;");
    const list = await producer.get<string>('/bulletins');
    expect(list.headers.get('Content-Security-Policy')).toContain("img-src 'self';");
  });
});
