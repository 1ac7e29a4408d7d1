import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';

const bundle = resolve(import.meta.dirname, '../../dist/bundle');

it('the bundle names classes as they are named in src', async () => {
  const module = (await import(
    pathToFileURL(join(bundle, 'platform/event-store/event-store.js')).href
  )) as typeof import('../../src/platform/event-store/event-store.js');
  expect([module.EventStore.name, module.VersionConflict.name]).toEqual(['EventStore', 'VersionConflict']);
});

it('the bundle gives no function a name whenever it is made', () => {
  const files = readdirSync(bundle, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.js'),
  );
  expect(files.length).toBeGreaterThan(100);
  const named = files.filter((file) => /\b__name\((?!this,)/.test(readFileSync(join(bundle, file), 'utf8')));
  expect(named).toEqual([]);
});
