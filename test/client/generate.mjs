// Writes src/client/contract.ts, the OpenAPI document of this server as types: `npm run client`.
// With the address of a running server it prints them instead: so the test sees whether they are up to date.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import * as prettier from 'prettier';

/** @import { OpenAPI3 } from 'openapi-typescript' */

const file = join(import.meta.dirname, '../../src/client/contract.ts');

/** @param {string} url */
const typesOf = async (url) => {
  const response = await fetch(new URL('/openapi.json', url));
  const document = /** @type {OpenAPI3} */ (await response.json());
  const types = astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }));
  const text = `// Made by \`npm run client\` from the OpenAPI document: not to be edited.\n\n${types}`;
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
};

/** @param {(url: string) => Promise<void>} use */
const withServer = async (use) => {
  const dist = '../../dist';
  /** @type {typeof import('../../src/boot/server.js')} */
  const { startServer } = await import(`${dist}/boot/server.js`);
  /** @type {typeof import('../../src/config/settings.js')} */
  const { readSettings } = await import(`${dist}/config/settings.js`);
  const dataDir = await mkdtemp(join(tmpdir(), 'billets-quotidiens-client-'));
  try {
    const server = await startServer({ ...readSettings({}), port: 0, dataDir, logLevel: 'silent' });
    await use(server.url).finally(() => server.close());
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

const [url] = process.argv.slice(2);
if (url !== undefined) process.stdout.write(await typesOf(url));
else await withServer(async (own) => writeFile(file, await typesOf(own)));
