import { applyDecorators, type INestApplication } from '@nestjs/common';
import {
  ApiOperation,
  ApiResponse,
  DocumentBuilder,
  SwaggerModule,
  type OpenAPIObject,
} from '@nestjs/swagger';
import { z } from 'zod';

export const problemSchema = z
  .object({
    type: z.string().describe('Ends in the stable code; see /problems'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What to do about it'),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .meta({ id: 'Problem' });

interface AnswersOptions {
  created?: boolean;
  accepted?: boolean;
  /** What the operation is called in clients; made from the names of controller and method, unless given. */
  operationId?: string;
}

/** Documents what a route answers with, from the schema that its answer is typed by. */
export const ApiAnswers = (
  summary: string,
  schema: z.ZodType,
  { created = false, accepted = false, operationId }: AnswersOptions = {},
) =>
  applyDecorators(
    ApiOperation({ summary, ...(operationId === undefined ? {} : { operationId }) }),
    ApiAnswer(accepted ? 202 : created ? 201 : 200, summary, schema),
    ...(created ? [ApiAnswer(200, 'The same command again: what it did the first time', schema)] : []),
  );

/** One more answer of a route. */
export const ApiAnswer = (status: number, description: string, standardSchema: z.ZodType) =>
  ApiResponse({ status, description, standardSchema });

/** By their status; each is described once, and referred to by the routes that may answer so. */
const problemAnswers: Readonly<Record<string, { name: string; description: string }>> = {
  '400': { name: 'Malformed', description: 'Malformed' },
  '401': { name: 'Unauthenticated', description: 'No valid token' },
  '403': { name: 'Forbidden', description: 'Not your role or establishment' },
  '404': { name: 'NotFound', description: 'Not found' },
  '406': { name: 'NotOffered', description: 'In none of the forms asked for' },
  '409': { name: 'Conflict', description: 'A rule refuses' },
  '412': { name: 'ChangedMeanwhile', description: 'Changed meanwhile' },
  '413': { name: 'TooLarge', description: 'Body too large' },
  '415': { name: 'NotJson', description: 'Not JSON' },
  '422': { name: 'NotAcceptable', description: 'Well-formed, not acceptable' },
  '503': { name: 'Unavailable', description: 'Not now; see Retry-After' },
};
const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};

const describedProblems = (): Record<string, object> =>
  Object.fromEntries(
    Object.values(problemAnswers).map(({ name, description }) => [
      name,
      { description, content: problemContent },
    ]),
  );

const converted = (schema: unknown, io: 'input' | 'output') => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $schema: _$schema,
    $defs,
    ...whole
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  const components = ($defs ?? {}) as Record<string, unknown>;
  return { schema: whole, components };
};

/** The OpenAPI 3.1 document, generated from the schemas that validate, so that it can't drift. */
export const openApiDocument = (app: INestApplication, version: string): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Billets quotidiens')
    .setDescription(
      'Support tickets of a health network, event-sourced, and the exact daily figures made from them.',
    )
    .setVersion(version)
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => converted(schema, schemaType),
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const { Problem: problem } = converted(z.object({ problem: problemSchema }), 'output')?.components ?? {};
  const schemas = { ...document.components?.schemas, Problem: problem as Schema };
  document.components = {
    ...document.components,
    schemas: schemas,
    responses: describedProblems() as never,
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, Operation>)) complete(operation, schemas);
  }
  return document;
};

interface Schema {
  $ref?: string;
  format?: string;
  oneOf?: Schema[];
  required?: string[];
}
type Schemas = Readonly<Record<string, unknown>>;
type Content = Record<string, { schema?: object }>;

interface Operation {
  parameters?: { in: string }[];
  responses: Record<string, { content?: Content }>;
  security?: unknown;
  requestBody?: { required?: boolean; content: Record<string, { schema?: Schema }> };
}

const complete = (operation: Operation, schemas: Schemas): void => {
  const { requestBody, responses, parameters = [] } = operation;
  // No body is an empty one, so one that needs no field needs not be sent; a file is one that has to be.
  if (requestBody)
    requestBody.required = Object.values(requestBody.content).some(
      ({ schema }) => schema?.format === 'binary' || needsFields(schema, schemas),
    );
  const contents = Object.values(responses).map(({ content }) => content ?? {});
  contents.forEach(describeForms);
  const asked = contents.some((content) => Object.keys(content).length > 1) ? ['406'] : [];
  const usual = operation.security ? Object.keys(problemAnswers).filter((status) => status !== '406') : [];
  const named = parameters.some((parameter) => parameter.in === 'path') ? ['404'] : [];
  for (const status of [...usual, ...named, ...asked]) {
    responses[status] ??= { $ref: `#/components/responses/${problemAnswers[status]?.name}` } as object;
  }
};

const needsFields = (schema: Schema | undefined, schemas: Schemas): boolean => {
  if (schema?.$ref !== undefined)
    return needsFields(schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema, schemas);
  if (schema?.oneOf) return schema.oneOf.every((one) => needsFields(one, schemas));
  return (schema?.required?.length ?? 0) > 0;
};

/** Nest gives every form of an answer the same schema: that of the JSON. */
const describeForms = (content: Content): void => {
  for (const [type, form] of Object.entries(content)) {
    if (/[/+]json\b/.test(type)) continue;
    form.schema = type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };
  }
};
