import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { categories, priorities } from '../../../../src/tickets/domain/ticket.events.js';
import { Client, clientOf } from '../../../support/api/client.js';
import { openedTicket, opening } from '../../../support/api/contract.js';
import { runningRoutes } from '../../../support/api/routes.js';
import { project } from '../../../support/server/server-process.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  [keyword: string]: unknown;
}
interface Content {
  content?: Record<string, { schema: Schema }>;
}
interface Response extends Content {
  $ref?: string;
  description: string;
}
interface Operation {
  operationId: string;
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Response>;
  security?: Record<string, string[]>[];
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Record<string, string>> };
}

let server: HostedServer;
let document: Document;
let text: string;
let operations: [string, Operation][];
beforeAll(async () => {
  server = await startHostedServer();
  const answer = await new Client(server.url).get<Document>('/openapi.json');
  expect([answer.status, answer.headers.get('Content-Type')?.split(';')[0]]).toEqual([
    200,
    'application/json',
  ]);
  document = answer.body;
  text = JSON.stringify(document);
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});
afterAll(() => server.close());

const operation = (route: string): Operation => {
  const found = operations.find(([name]) => name === route);
  if (!found) throw new Error(`${route} is not in the document`);
  return found[1];
};

/** The value at a JSON pointer of the document; undefined where there is none. */
const at = (pointer: string): unknown =>
  pointer
    .replace(/^#\//, '')
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);

const resolved = (schema: Schema | undefined): Schema => {
  if (schema?.$ref === undefined) return schema ?? {};
  return resolved(at(schema.$ref) as Schema);
};

const responseOf = (response: Response | undefined): Response | undefined =>
  response?.$ref === undefined ? response : (at(response.$ref) as Response);

const bodyOf = (route: string): Schema =>
  resolved(operation(route).requestBody?.content?.['application/json']?.schema);
const answerOf = (route: string, status = '200'): Schema =>
  resolved(responseOf(operation(route).responses[status])?.content?.['application/json']?.schema);

/** The values of a keyword at every depth of the document. */
const everywhere = (keyword: string, value: unknown = document): unknown[] => {
  if (value === null || typeof value !== 'object') return [];
  const here = Object.hasOwn(value, keyword) ? [(value as Record<string, unknown>)[keyword]] : [];
  return [...here, ...Object.values(value).flatMap((inner) => everywhere(keyword, inner))];
};

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1, with the version of the package', () => {
    const { version } = JSON.parse(readFileSync(`${project}/package.json`, 'utf8')) as { version: string };
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Billets quotidiens', version });
  });

  it('describes every route that is not a page, and nothing else', async () => {
    const running = runningRoutes(await server.routeTree())
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
      .filter(
        (route) =>
          !/^GET \/(docs.*|openapi\.json)?$|^\w+ \/(assets|board|bulletins|bureau|ecrans?|equipe|exploitation|jours|journal|problemes|rapports|sign-(in|out))\b/.test(
            route,
          ),
      );
    expect(operations.map(([route]) => route).sort()).toEqual(running.sort());
  });

  it('gives every answer a schema in each of its formats', () => {
    for (const [route, { responses }] of operations) {
      for (const [status, response] of Object.entries(responses)) {
        const forms = Object.entries(responseOf(response)?.content ?? {});
        expect([route, status, forms.length]).not.toEqual([route, status, 0]);
        for (const [form, { schema }] of forms) {
          const type = resolved(schema).type;
          expect([route, status, form, type]).toEqual([
            route,
            status,
            form,
            /[/+]json$/.test(form) ? 'object' : 'string',
          ]);
        }
      }
    }
  });

  it('gives every operation a unique name, a summary and answers', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(operations.length);
    for (const [route, { operationId, summary, responses }] of operations) {
      expect([route, operationId]).toEqual([route, expect.stringMatching(/^\w+$/)]);
      expect([route, summary]).toEqual([route, expect.stringMatching(/./)]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining([expect.stringMatching(/^2\d\d$/)]));
      for (const [status, response] of Object.entries(responses)) {
        expect([route, status, responseOf(response)?.description]).toEqual([
          route,
          expect.stringMatching(/^([1-5]\d\d|default)$/),
          expect.any(String),
        ]);
      }
    }
  });

  it('declares every parameter of a path once, as required', () => {
    for (const [route, { parameters = [] }] of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      const template = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect([route, inPath.map(({ name }) => name).sort()]).toEqual([route, template.sort()]);
      expect(inPath.every(({ required }) => required)).toBe(true);
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect([route, new Set(names).size]).toEqual([route, names.length]);
      for (const { name, schema } of parameters)
        expect([route, name, schema]).toEqual([route, name, expect.anything()]);
    }
  });

  it('has no broken reference', () => {
    const references = everywhere('$ref') as string[];
    expect(references.length).toBeGreaterThan(0);
    expect(
      references.filter((reference) => !reference.startsWith('#/') || at(reference) === undefined),
    ).toEqual([]);
  });

  it('has no keyword that OpenAPI 3.1 removed', () => {
    expect(everywhere('nullable')).toEqual([]);
    expect(text.match(/"exclusiveM(in|ax)imum":(true|false)/g)).toBeNull();
    expect(text.match(/.{20}\$defs.{20}/g)).toBeNull();
  });

  it('uses only the types of JSON Schema, and lists of distinct values', () => {
    const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
    const known = Object.values(document.components.schemas);
    const schemas = [...known, ...(everywhere('schema') as Schema[])];
    const used = (everywhere('type', schemas) as (string | string[] | object)[]).flat();
    // A property may itself be called «type»: its value is then a schema, not the name of a type.
    const names = used.filter((type) => typeof type === 'string');
    expect([...new Set(names)].filter((type) => !types.includes(type))).toEqual([]);
    const enums = everywhere('enum', schemas);
    expect(enums.every((values) => Array.isArray(values) && new Set(values).size === values.length)).toBe(
      true,
    );
  });

  it('requires a token exactly where the server does', () => {
    const { securitySchemes } = document.components;
    expect(Object.values(securitySchemes)).toEqual([
      expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    ]);
    for (const [route, { security = [] }] of operations) {
      const needed = route.includes(' /v1/') ? Object.keys(securitySchemes) : [];
      expect([route, security.flatMap((scheme) => Object.keys(scheme))]).toEqual([route, needed]);
    }
  });

  it('declares the problems 400, 401 and 403 for every protected route', () => {
    for (const [route, { responses, security }] of operations) {
      if (!security) continue;
      for (const status of ['400', '401', '403']) {
        const schema = responseOf(responses[status])?.content?.['application/problem+json']?.schema;
        expect([route, status, schema?.$ref]).toEqual([route, status, '#/components/schemas/Problem']);
      }
    }
  });
});

describe('the request bodies of the document', () => {
  it('match the validating schema of an opening', () => {
    const { properties, required, additionalProperties } = bodyOf('POST /v1/tickets');
    expect(Object.keys(properties ?? {}).sort()).toEqual(
      [
        ...['commandId', 'ticketId', 'type', 'establishment', 'site', 'title', 'description', 'category'],
        ...['priority', 'team', 'location', 'requester', 'occurredAt'],
      ].sort(),
    );
    expect([...(required ?? [])].sort()).toEqual(['category', 'establishment', 'priority', 'title']);
    expect(additionalProperties).toBe(false);
    expect(resolved(properties?.priority).enum).toEqual([...priorities]);
    expect(resolved(properties?.category).enum).toEqual([...categories]);
    expect(resolved(properties?.title)).toMatchObject({ type: 'string', maxLength: 200 });
    expect(resolved(properties?.description).maxLength).toBe(10_000);
    expect(resolved(properties?.occurredAt).format).toBe('date-time');
    expect(resolved(properties?.commandId).format).toBe('uuid');
  });

  it('exist for every command', () => {
    const commands = operations.filter(
      ([route]) => route.startsWith('POST /v1/tickets/{ticketId}/') && !route.endsWith('/attachments'),
    );
    expect(commands.length).toBeGreaterThanOrEqual(10);
    for (const [route] of commands) {
      const name = route.split('/').at(-1);
      const { type, properties } = bodyOf(route);
      const { const: only, enum: values = [only] } = resolved(properties?.type);
      expect([route, type, ...values]).toEqual([route, 'object', name]);
    }
    const resolution = resolved(bodyOf('POST /v1/tickets/{ticketId}/resolve').properties?.resolution);
    expect(resolved(resolution.properties?.code).enum).toContain('hardware-replaced');
  });

  it('exist for a batch', () => {
    const { properties, required } = bodyOf('POST /v1/sync');
    expect([...(required ?? [])].sort()).toEqual(['commands', 'deviceId']);
    expect(resolved(properties?.commands)).toMatchObject({ type: 'array', maxItems: 1000 });
  });

  it('are optional where no field is required', () => {
    const optional = operations
      .filter(([, { requestBody }]) => requestBody && !requestBody.required)
      .map(([route]) => route.replace('POST /v1/tickets/{ticketId}/', ''));
    expect(optional.sort()).toEqual([
      'DELETE /v1/admin/tickets/{ticketId}/hold',
      ...['assign', 'close', 'me-too', 'start', 'unwatch', 'watch'],
    ]);
  });
});

describe('the answers of the document', () => {
  /** The fields that are always present. */
  const fieldsOf = (schema: Schema): string[] => [...(schema.required ?? [])].sort();

  it('have the fields that the server answers', async () => {
    const client = await clientOf(server);
    const ticketId = await openedTicket(client);
    const fieldsAt = async (path: string) => Object.keys((await client.get(path)).body).sort();
    expect(fieldsOf(answerOf('GET /v1/tickets/{ticketId}'))).toEqual(
      await fieldsAt(`/v1/tickets/${ticketId}`),
    );
    expect(fieldsOf(answerOf('POST /v1/tickets', '201'))).toEqual(await fieldsAt(`/v1/tickets/${ticketId}`));
    expect(fieldsOf(answerOf('GET /v1/tickets/{ticketId}/history'))).toEqual(
      await fieldsAt(`/v1/tickets/${ticketId}/history`),
    );
    const { headers } = await client.get(`/v1/tickets/${ticketId}`);
    const { properties } = answerOf('GET /v1/tickets');
    expect(resolved(resolved(properties?.items).items)).toEqual(answerOf('GET /v1/tickets/{ticketId}'));
    expect(fieldsOf(answerOf('GET /v1/billets-quotidiens/{date}'))).toEqual(
      await fieldsAt(`/v1/billets-quotidiens/2026-05-15?minPosition=${headers.get('Position')}`),
    );
    const batch = await client.post('/v1/sync', {
      deviceId: 'd',
      commands: [{ type: 'open', ...opening() }],
    });
    expect(fieldsOf(answerOf('POST /v1/sync'))).toEqual(Object.keys(batch.body).sort());
  });
});

describe('the documentation page', () => {
  it('loads everything it needs from this server', async () => {
    const client = new Client(server.url);
    const { status, body: page } = await client.get<string>('/docs');
    expect(status).toBe(200);
    const needed = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(needed.length).toBeGreaterThan(2);
    for (const address of needed) {
      const url = new URL(address, new URL('/docs', server.url));
      expect([address, url.origin]).toEqual([address, new URL(server.url).origin]);
      expect([address, (await client.get(url.pathname)).status]).toEqual([address, 200]);
    }
    const { body: start } = await client.get<string>('/docs/swagger-ui-init.js');
    const { body: style } = await client.get<string>('/docs/swagger-ui.css');
    const elsewhere = /["'(](?:https?:)?\/\/(?!localhost|www\.w3\.org)[\w.-]+/g;
    for (const source of [page, start]) expect(source.match(elsewhere)).toBeNull();
    expect(style.match(/@import|url\((?!["']?data:)/g)).toBeNull();
  });

  it('shows a document that names no other host', () => {
    expect(text.match(/https?:\/\/[\w.-]+/g)).toBeNull();
  });
});
