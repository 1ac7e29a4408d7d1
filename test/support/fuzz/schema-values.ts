import fc from 'fast-check';

/** A schema of the OpenAPI document, as far as values are made from it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  format?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Values that broke some server some day: none may be more than refused. */
const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'avant\u0000après',
  '\ud83d',
  '\u202e\u2066texte\u2069',
  'é'.normalize('NFD').repeat(300),
  '𝔘'.repeat(9_400),
  '['.repeat(3_000),
  'a'.repeat(70_000),
  "' OR '1'='1' --",
  '"; DROP TABLE event_store.events; --',
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}<%= 7 %>',
  '../../../etc/passwd',
  '%00%2e%2e%2f',
  '%s%n%x',
  '\r\nSet-Cookie: a=b',
  '=HYPERLINK("http://127.0.0.1")',
  '__proto__',
  'constructor',
  'NaN',
  '9'.repeat(400),
  '-1',
  '9223372036854775808',
  '0000-00-00',
  '2026-02-30',
  '+275760-09-13T00:00:00.001Z',
  '2026-05-15T24:00:00-99:99',
  '(((((((((((a+)+)+)+)+)+)+)+)+)+)+)+$',
];

const hostileValues: readonly unknown[] = [
  null,
  true,
  -1,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: { prototype: { admin: true } } },
  JSON.parse('{"__proto__":{"isAdmin":true}}') as unknown,
  ...hostileTexts,
];

export const hostileText = fc.constantFrom(...hostileTexts);
export const hostileValue = fc.constantFrom(...hostileValues);

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const textOf = ({ format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> => {
  if (format === 'uuid') return fc.uuid({ version: 4 });
  if (format === 'date') return day;
  if (format === 'date-time') return instant;
  const max = Math.min(maxLength, Math.max(60, minLength));
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: 'binary', minLength, maxLength: max }) },
    { weight: 2, arbitrary: day },
    { weight: 1, arbitrary: fc.constant('é'.repeat(Math.min(maxLength, 10_000))) },
  );
};

/** Makes values that a schema accepts, nearly accepts, or that have nothing to do with it. */
export class SchemaValues {
  constructor(private readonly schemas: Schemas) {}

  /** Values by the schema. `depth` bounds schemas that contain themselves. */
  valid(schema: Schema, depth = 4): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.valid(this.resolved(schema.$ref), depth - 1);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.valid(choice, depth - 1)));
    if (schema.allOf) return this.merged(schema.allOf, depth);
    const types = [schema.type ?? 'null'].flat();
    return fc.oneof(...types.map((type) => this.typed(type, schema, depth)));
  }

  /** Values by the schema with one thing wrong: a member missing, added, of another type or beyond its bounds. */
  nearlyValid(schema: Schema): fc.Arbitrary<unknown> {
    return fc
      .tuple(this.valid(schema), fc.nat(), hostileValue, fc.constantFrom('replace', 'remove', 'add', 'whole'))
      .map(([value, at, hostile, change]) => {
        if (typeof value !== 'object' || value === null || change === 'whole') return hostile;
        if (Array.isArray(value)) return change === 'remove' ? [] : [...(value as unknown[]), hostile];
        const members = Object.entries(value);
        const kept = members.filter((_, index) => index !== at % members.length);
        const [name] = members[at % Math.max(1, members.length)] ?? ['autre'];
        if (change === 'remove') return Object.fromEntries(kept);
        if (change === 'add') return { ...value, autre: hostile };
        return { ...value, [name]: hostile };
      });
  }

  private resolved(reference: string): Schema {
    const schema = this.schemas[reference.split('/').at(-1) ?? ''];
    if (!schema) throw new Error(`${reference} is not in the document`);
    return schema;
  }

  private merged(parts: readonly Schema[], depth: number): fc.Arbitrary<unknown> {
    return fc
      .tuple(...parts.map((part) => this.valid(part, depth - 1)))
      .map((values) => Object.assign({}, ...(values as object[])) as unknown);
  }

  private typed(type: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return textOf(schema);
      case 'integer':
        return fc.integer({ min: schema.minimum ?? -2, max: Math.min(schema.maximum ?? 1_000, 2 ** 31 - 1) });
      case 'number':
        return fc.double({ min: schema.minimum ?? -10, max: schema.maximum ?? 10, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'array':
        return this.list(schema, depth);
      case 'object':
        return this.object(schema, depth);
      default:
        return fc.constant(null);
    }
  }

  private list({ items, minItems = 0, maxItems = 5 }: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth <= 0 || !items) return fc.constant([]);
    return fc.array(this.valid(items, depth - 1), {
      minLength: minItems,
      maxLength: Math.min(maxItems, Math.max(minItems, 5)),
    });
  }

  private object({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth <= 0) return fc.constant({});
    const members = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, this.valid(schema, depth - 1)]),
    );
    return fc.record(members, { requiredKeys: required.filter((name) => name in members) });
  }
}
