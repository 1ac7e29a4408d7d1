import fc from 'fast-check';
import { hostileText, hostileValue, SchemaValues, type Schema, type Schemas } from './schema-values.js';

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: Schema;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

/** The OpenAPI document of a server, as far as requests are made from it. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Schemas };
}

export interface FuzzRequest {
  operation: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** Values that exist, by the name of the member or parameter that takes them: half of the requests have them there. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const acceptable = [
  ...['application/json', 'text/csv', 'text/html', 'text/markdown', 'application/pdf', '*/*'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** A value that may stand in a header: what HTTP itself forbids there is never sent by any client. */
const headerText = (value: string): string => value.replace(/[^\x20-\x7e]/g, '').slice(0, 500);

const mostly = (usual: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: hostileText });

const headers: fc.Arbitrary<Record<string, string>> = fc
  .record(
    {
      Accept: mostly(fc.constantFrom(...acceptable)),
      'Accept-Language': mostly(fc.constantFrom('fr', 'en', 'en-CA,en;q=0.9')),
      'If-Match': mostly(fc.constantFrom('"1"', '"2"', '*')),
      'Idempotency-Key': mostly(fc.uuid()),
      'X-Correlation-Id': mostly(fc.uuid()),
      'X-Purpose': mostly(fc.constant('Suivi')),
    },
    { requiredKeys: [] },
  )
  .map((all) =>
    Object.fromEntries(
      Object.entries(all)
        .map(([name, value]) => [name, headerText(value)])
        .filter(([, value]) => value !== ''),
    ),
  );

/** Makes requests from a server's own description: valid, nearly valid and hostile ones, of each operation as many. */
export class OpenApiRequests {
  private readonly values: SchemaValues;

  constructor(
    private readonly document: OpenApiDocument,
    private readonly known: KnownValues,
  ) {
    this.values = new SchemaValues(document.components.schemas);
  }

  /** `isLeftOut` names operations that a test can't send by the thousand, like those whose answers never end. */
  all(isLeftOut: (operation: string) => boolean): fc.Arbitrary<FuzzRequest>[] {
    return Object.entries(this.document.paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, method, operation }))
        .filter(({ name }) => !isLeftOut(name))
        .map(({ name, method, operation }) => this.request(name, { path, method, operation })),
    );
  }

  private request(
    name: string,
    { path, method, operation }: { path: string; method: string; operation: Operation },
  ): fc.Arbitrary<FuzzRequest> {
    return fc
      .tuple(this.address(path, operation), headers, this.body(operation))
      .map(([address, others, body]) => ({
        operation: name,
        method: method.toUpperCase(),
        path: address,
        headers: { ...others, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        body,
      }));
  }

  private address(path: string, { parameters = [] }: Operation): fc.Arbitrary<string> {
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    const segments = fc.tuple(...inPath.map((parameter) => this.text(parameter)));
    const query = fc.record(
      Object.fromEntries(inQuery.map((parameter) => [parameter.name, this.text(parameter)])),
      { requiredKeys: [] },
    );
    return fc.tuple(segments, query).map(([values, pairs]) => {
      // Without a value, or with dots alone, it would be another path.
      const segment = (index: number) => encoded(values[index] ?? '').replaceAll('.', '%2E') || 'vide';
      const filled = inPath.reduce(
        (filling, { name }, index) => filling.replace(`{${name}}`, () => segment(index)),
        path,
      );
      const search = Object.entries(pairs).map(([name, value]) => `${encoded(name)}=${encoded(value ?? '')}`);
      return search.length === 0 ? filled : `${filled}?${search.join('&')}`;
    });
  }

  private text({ name, schema = {} }: Parameter): fc.Arbitrary<string> {
    const valid = this.values.valid(schema).map((value) => String(Array.isArray(value) ? value[0] : value));
    const known = this.known[name];
    return fc.oneof(
      { weight: 4, arbitrary: valid },
      { weight: 5, arbitrary: known ? fc.constantFrom(...known) : valid },
      { weight: 1, arbitrary: hostileText.map((text) => text.slice(0, 1_500)) },
    );
  }

  private body({ requestBody }: Operation): fc.Arbitrary<string | undefined> {
    const schema = requestBody?.content['application/json']?.schema;
    if (!schema) return fc.constant(undefined);
    return fc.oneof(
      { weight: 5, arbitrary: this.withKnown(this.values.valid(schema)) },
      { weight: 4, arbitrary: this.withKnown(this.values.nearlyValid(schema)) },
      { weight: 1, arbitrary: hostileValue.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: hostileText },
    );
  }

  /** Puts values that exist in the place of some random ones, so that rules beyond the form are reached as well. */
  private withKnown(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
    return fc
      .tuple(values, fc.boolean(), fc.nat())
      .map(([value, isKnown, choice]) =>
        isKnown ? JSON.stringify(value, this.replacing(choice)) : JSON.stringify(value),
      );
  }

  private replacing(choice: number): (name: string, value: unknown) => unknown {
    return (name, value) => {
      const known = Object.hasOwn(this.known, name) ? this.known[name] : undefined;
      return known && typeof value === 'string' ? known[choice % known.length] : value;
    };
  }
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());
