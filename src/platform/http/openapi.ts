import { applyDecorators, type INestApplication } from '@nestjs/common';
import {
  ApiOperation,
  ApiResponse,
  DocumentBuilder,
  SwaggerModule,
  type ApiResponseOptions,
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

/** Documents what a route answers with, from the schema that its answer is typed by. */
export const Answers = (summary: string, schema: z.ZodType, { created = false, accepted = false } = {}) =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiResponse(answer(accepted ? 202 : created ? 201 : 200, summary, schema)),
    ...(created
      ? [ApiResponse(answer(200, 'The same command again: what it did the first time', schema))]
      : []),
  );

/** `standardSchema` is what Nest's own decorators set; its option type does not name it. */
const answer = (status: number, description: string, standardSchema: z.ZodType) =>
  ({ status, description, standardSchema }) as ApiResponseOptions;

const problemAnswers = {
  '400': 'Malformed',
  '401': 'No valid token',
  '403': 'Not your role or establishment',
  '404': 'Not found',
  '409': 'A rule refuses',
  '412': 'Changed meanwhile',
  '413': 'Body too large',
  '415': 'Not JSON',
  '422': 'Well-formed, not acceptable',
  '503': 'Not now; see Retry-After',
};

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
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as never },
  };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path as Record<string, Operation>)) complete(operation);
  }
  return document;
};

interface Operation {
  responses: Record<string, unknown>;
  security?: unknown;
  requestBody?: { required?: boolean; content: Record<string, { schema?: { required?: string[] } }> };
}

const complete = (operation: Operation): void => {
  const { requestBody } = operation;
  // No body is an empty one, so one that needs no field needs not be sent.
  if (requestBody)
    requestBody.required = Object.values(requestBody.content).some(({ schema }) => schema?.required?.length);
  if (!operation.security) return;
  for (const [status, description] of Object.entries(problemAnswers)) {
    operation.responses[status] ??= {
      description,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
};
