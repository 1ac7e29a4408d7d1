import type { FastifyRequest } from 'fastify';

/** Whether a route shows what this installation may open to everyone; said in its config. */
export interface OpenConfig {
  isOpenToReaders: true;
}
export const openToReaders: OpenConfig = { isOpenToReaders: true };

export const isOpenToReaders = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Partial<OpenConfig> | undefined)?.isOpenToReaders === true;
