import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../../shared/text/text.js';
import { contextOf, spokenLanguage } from './request-context.js';

/** Asked for where there is text for the answer: an answer without any is in no language. */
export type AnswerLanguage = () => Language;

/** The language of the answer, for a route's handler. */
export const AnswerLanguage = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AnswerLanguage => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return () => spokenLanguage(request);
  },
);

/** The request's correlation id, for a route's handler. */
export const CorrelationId = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string =>
    contextOf(context.switchToHttp().getRequest<FastifyRequest>()).correlationId,
);
