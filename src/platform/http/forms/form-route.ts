import type { FastifyRequest } from 'fastify';

/** Whether a route takes what a page's form sends, and then nothing else; said in its config. */
export interface FormConfig {
  takesForms: true;
}

export const takesForms = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Partial<FormConfig> | undefined)?.takesForms === true;
