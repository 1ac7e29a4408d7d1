import type { Page } from 'playwright-core';

/** Everything a page's origin keeps in this browser, as text; bytes as Latin-1, so that words in them would be read. */
export const deviceDump = (page: Page): Promise<string> =>
  page.evaluate<string>(`(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const asText = (bytes) => Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
    const written = (value) => JSON.stringify(value, (_name, part) => {
      if (part instanceof ArrayBuffer) return decodeURIComponent(encodeURIComponent(asText(part)));
      if (ArrayBuffer.isView(part)) return asText(part.buffer);
      if (part instanceof CryptoKey) return 'CryptoKey, extractable: ' + part.extractable;
      return part;
    });
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const rows = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
        parts.push(name + '/' + store + ' ' + written(keys) + ' ' + written(values));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) parts.push(request.url + ' ' + asText(await (await cache.match(request)).arrayBuffer()));
    }
    return parts.join('\\n');
  })()`);

/** How many forms are half filled in on this tablet. */
export const countDrafts = (page: Page): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve, reject) => {
    const opened = indexedDB.open('equipe-sealed');
    opened.onerror = reject;
    opened.onsuccess = () => {
      const all = opened.result.transaction('drafts').objectStore('drafts').count();
      all.onerror = reject;
      all.onsuccess = () => {
        opened.result.close();
        resolve(all.result);
      };
    };
  })`);

/** Stores commands and tickets in plain, as versions before encryption did. */
export const storeInPlain = (
  page: Page,
  rows: { deviceId: string; queue: object[]; tickets: object[] },
): Promise<void> =>
  page.evaluate(`new Promise((resolve, reject) => {
    const rows = ${JSON.stringify(rows)};
    const opened = indexedDB.open('equipe', 1);
    opened.onerror = reject;
    opened.onupgradeneeded = () => {
      const fresh = opened.result;
      fresh.createObjectStore('device').put({ deviceId: rows.deviceId }, 'device');
      fresh.createObjectStore('people', { keyPath: 'person' });
      fresh.createObjectStore('tickets', { keyPath: ['person', 'ticketId'] }).createIndex('person', 'person');
      fresh.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true })
        .createIndex('commandId', 'command.commandId', { unique: true });
      fresh.createObjectStore('drafts');
    };
    opened.onsuccess = () => {
      const change = opened.result.transaction(['queue', 'tickets'], 'readwrite');
      for (const entry of rows.queue) change.objectStore('queue').add(entry);
      for (const ticket of rows.tickets) change.objectStore('tickets').add(ticket);
      change.oncomplete = () => { opened.result.close(); resolve(); };
    };
  })`);
