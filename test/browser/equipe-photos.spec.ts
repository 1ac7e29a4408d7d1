import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ago, ticketOf } from '../support/api/contract.js';
import { download } from '../support/attachments/files.js';
import { deviceDump } from '../support/browser/device-store.js';
import { client, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived } from '../support/browser/tablet.js';

const dataDir = mkdtempSync(join(tmpdir(), 'equipe-photos-'));
withTabletInHand({ dataDir });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

interface File {
  attachmentId: string;
  contentType: string;
  occurredAt: string;
}

const whereabouts = '45.5088N 73.5878W';

/** A photo of 2 600 × 1 300 pixels as a camera writes it, with where it was taken in its metadata. */
const photo = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
  const base64 = await tablet.page.evaluate<string>(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2600, height: 1300 });
    const context = canvas.getContext('2d');
    context.fillStyle = '#b3261e';
    context.fillRect(0, 0, 1300, 1300);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  })()`);
  const jpeg = Buffer.from(base64, 'base64');
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(whereabouts)]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2]);
  const buffer = Buffer.concat([head, exif, jpeg.subarray(2)]);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
};

const take = async (): Promise<void> => {
  await tablet.page.locator('input[type=file]').setInputFiles(await photo());
  await tablet.page.locator('.photos', { hasText: 'en attente d’envoi' }).waitFor();
};

const filesOf = async (ticketId: string): Promise<File[]> =>
  (await client.get<{ items: File[] }>(`/v1/tickets/${ticketId}/attachments`)).body.items;

const sizeOf = (bytes: Buffer): Promise<number[]> =>
  tablet.page.evaluate<number[]>(`(async () => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (character) => character.charCodeAt(0));
    const { width, height } = await createImageBitmap(new Blob([bytes]));
    return [width, height];
  })()`);

describe('a photo', () => {
  it('is taken without a network, outlives the tab, and arrives once, with its own time and nothing of where it was taken', async () => {
    const taken = ago(1800);
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.page.clock.setFixedTime(new Date(taken));
    await tablet.openTicket('Écran fendu');
    await tablet.openCard('Écran fendu');
    await take();
    await tablet.stands('Hors ligne', '2 en attente');
    const canvas = tablet.page.locator('canvas[data-photo]');
    expect(await canvas.getAttribute('aria-label')).toMatch(/^Photo de /);
    const kept = await deviceDump(tablet.page);
    expect([kept.includes(whereabouts), kept.includes('JFIF')]).toEqual([false, false]);
    await tablet.page.close();

    await tablet.openTab();
    await tablet.page.clock.setFixedTime(new Date());
    await tablet.goToPage();
    await tablet.stands('2 en attente');
    await tablet.openCard('Écran fendu');
    await tablet.page.locator('.photos', { hasText: 'en attente d’envoi' }).waitFor();
    // The server has taken the photo, and its answer is lost: it is sent again.
    let lost = 0;
    await tablet.context.route(
      '**/attachments?*',
      async (route) => {
        lost = (await route.fetch()).status();
        await route.abort();
      },
      { times: 1 },
    );
    await tablet.context.setOffline(false);
    await tablet.page.locator('.photos img').waitFor();
    expect(lost).toBe(201);

    const { ticket, history } = await arrived(client, 'Écran fendu');
    expect(history.map(({ type }) => type)).toEqual(['TicketOpened', 'AttachmentAdded']);
    expect(history[1]!.occurredAt).toBe(taken);
    const [file, ...others] = await filesOf(ticket.ticketId);
    expect(others).toEqual([]);
    expect(file).toMatchObject({ contentType: 'image/jpeg', occurredAt: taken });
    const path = `/v1/tickets/${ticket.ticketId}/attachments/${file!.attachmentId}`;
    const { bytes } = await download(client, path);
    expect(await sizeOf(bytes)).toEqual([2000, 1000]);
    expect(bytes.includes(whereabouts)).toBe(false);
    const shown = "document.querySelector('.photos img').decode().then(() => true)";
    expect(await tablet.page.evaluate<boolean>(shown)).toBe(true);
  });

  it('is no photo where the browser can’t read it, and may be thrown away before it is sent', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Clavier mouillé');
    await tablet.openCard('Clavier mouillé');
    const noImage = { name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('pas une image') };
    await tablet.page.locator('input[type=file]').setInputFiles(noImage);
    await tablet.page.getByText('ne se lit pas ici').waitFor();
    await take();
    await tablet.page.getByText('Supprimer').click();
    await tablet.page.getByRole('button', { name: 'Effacer' }).click();
    await tablet.page.locator('.photos').waitFor({ state: 'detached' });
    await tablet.context.setOffline(false);
    await tablet.upToDate();
    const { ticket } = await arrived(client, 'Clavier mouillé');
    expect((await ticketOf(client, ticket.ticketId)).attachments).toBe(0);
  });
});
