import type { FastifyRequest } from 'fastify';

/** Whether a route answers with a stream that goes on for as long as someone listens; said in its config. */
export interface LiveConfig {
  isLive: true;
}
export const liveRoute: LiveConfig = { isLive: true };

export const isLive = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Partial<LiveConfig> | undefined)?.isLive === true;
