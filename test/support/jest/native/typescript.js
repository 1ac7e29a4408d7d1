import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** @typedef {import('node:module').ResolveHook} ResolveHook */
/** @typedef {import('node:module').LoadHook} LoadHook */

const globals = new URL('./globals.js', import.meta.url).href;

/**
 * Node's hook by which a TypeScript file is imported under the name of what it is compiled to.
 *
 * @param {string} specifier
 * @param {Parameters<ResolveHook>[1]} context
 * @param {Parameters<ResolveHook>[2]} next
 */
export const resolve = async (specifier, context, next) => {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true };
  const source = context.parentURL === undefined ? undefined : sourceOf(specifier, context.parentURL);
  return next(source ?? specifier, context);
};

/**
 * @param {string} specifier
 * @param {string} importer
 */
const sourceOf = (specifier, importer) => {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier)) return undefined;
  const source = new URL(specifier.replace(/js$/, 'ts'), importer);
  return existsSync(source) ? source.href : undefined;
};

/**
 * Node's hook by which TypeScript is compiled, as the build compiles it.
 *
 * @param {string} url
 * @param {Parameters<LoadHook>[1]} context
 * @param {Parameters<LoadHook>[2]} next
 */
export const load = async (url, context, next) => {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
};
