import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { fieldErrors } from '../field-errors.js';
import { Problem } from './problems/problem.js';

/** Checks what a route declares with `{ schema }`; refuses the rest as `malformed`, naming each field. */
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new Problem('malformed', { errors: fieldErrors(issues) }) });
  }

  /** A key named as something every object has is refused as the unknown field it is, not dropped. */
  protected override stripProtoKeys(): void {
    return;
  }

  /** No body at all is an empty one: a command that needs no more than its path can be sent so. */
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(metadata.type === 'body' ? (value ?? ({} as T)) : value, metadata);
    } catch (error) {
      throw error instanceof Problem ? pointedAt(error, metadata) : error;
    }
  }
}

/** A query or a path has no JSON pointers: `?from` names a parameter of the query, `date` one of the path. */
const pointedAt = (problem: Problem, { type, data }: ArgumentMetadata): Problem => {
  if (type === 'body') return problem;
  const errors = problem.details.errors?.map(({ pointer, message }) => ({
    pointer: type === 'query' ? pointer.replace(/^\//, '?') : (data ?? pointer),
    message,
  }));
  return new Problem(problem.code, { ...problem.details, errors });
};
