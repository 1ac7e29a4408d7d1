import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NoAccess } from '../../../src/access/log/access-rule.js';
import { forEveryone, ruled, signingIn } from '../../support/access/access-table.js';
import { handlersOf, type Handler } from '../../support/api/routes.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

let server: TestServer;
let handlers: Handler[];
beforeAll(async () => {
  server = await startTestServer();
  handlers = handlersOf(server.app);
});
afterAll(() => server.close());

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

/** The schemas that an answer leads to, and their fields. */
const namesIn = (value: unknown, { components }: Document, seen = new Set<string>()): Set<string> => {
  if (typeof value !== 'object' || value === null) return seen;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') {
      const name = inner.split('/').at(-1)!;
      if (seen.has(inner)) continue;
      seen.add(inner);
      namesIn(components.schemas[name], { components } as Document, seen);
    } else {
      seen.add(key);
      namesIn(inner, { components } as Document, seen);
    }
  }
  return seen;
};

const isLogged = ({ shows }: Handler): boolean =>
  typeof shows === 'object' && shows !== null && 'action' in shows;

describe('every route', () => {
  it('has the rule that the access table gives it', () => {
    expect(handlers.map(({ route }) => route).sort()).toEqual(
      [...ruled, ...forEveryone, ...signingIn].sort(),
    );
    expect(handlers.filter(({ rule }) => rule === undefined)).toEqual([]);
    const open = handlers.filter(({ rule }) => rule === 'public').map(({ route }) => route);
    expect(open.sort()).toEqual([...forEveryone, ...signingIn].sort());
  });

  it('says which access it is for the access log, or why it shows no ticket', () => {
    const silent = handlers.filter(({ rule, shows }) => rule !== 'public' && shows === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('that says that it shows no ticket gives a reason', () => {
    const reasons = handlers
      .filter((handler) => handler.shows !== undefined && !isLogged(handler))
      .map(({ shows }) => (shows as NoAccess).reason);
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.filter((reason) => reason.length < 5)).toEqual([]);
  });

  it('whose answer names a ticket in the OpenAPI document is logged', async () => {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document;
    const naming = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) => {
        const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
        const succeeded = Object.entries(responses).filter(([status]) => status.startsWith('2'));
        const names = namesIn(succeeded, document);
        return names.has('ticketId') || names.has('stream') ? [route] : [];
      }),
    );
    expect(naming.length).toBeGreaterThan(20);
    const logged = handlers.filter(isLogged).map(({ route }) => route);
    expect(naming.filter((route) => !logged.includes(route))).toEqual([]);
  });
});
