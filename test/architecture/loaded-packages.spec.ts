import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const dist = resolve(import.meta.dirname, '../../dist');
const importedFrom = /^(?:import|export)\b(?:[^;'"]*?\bfrom\b)?\s*['"]([^'"]+)['"]/gm;

/** The packages that Node loads before it runs a built file: all but those that are imported once they are needed. */
const packagesLoadedBy = (file: string): string[] => {
  const files = new Set([join(dist, file)]);
  const packages = new Set<string>();
  for (const each of files) {
    for (const [, imported = ''] of readFileSync(each, 'utf8').matchAll(importedFrom)) {
      if (imported.startsWith('.')) files.add(resolve(dirname(each), imported));
      else packages.add(imported);
    }
  }
  return [...packages];
};

const isHeavy = (name: string): boolean => /^(@nestjs\/|@?fastify|typeorm)/.test(name);
const servers = ['main.js', 'cli/serve.js', 'demo/demo.js'];

it('the thread of the projections and the commands start without NestJS, HTTP and TypeORM', () => {
  const built = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const light = built.filter(
    (file) =>
      /^(cli\/[^/]+\.js|boot\/projections-worker\.js|[^/]+\/core\.js)$/.test(file) && !servers.includes(file),
  );
  expect(light.length).toBeGreaterThan(20);
  const heavy = light.flatMap((file) =>
    packagesLoadedBy(file)
      .filter(isHeavy)
      .map((name) => `${file}: ${name}`),
  );
  expect(heavy).toEqual([]);
});

it('a server starts with them', () => {
  for (const file of servers)
    expect(packagesLoadedBy(file)).toEqual(
      expect.arrayContaining(['@nestjs/core', '@nestjs/platform-fastify', 'typeorm']),
    );
});
