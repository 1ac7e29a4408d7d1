import type { FastifyRequest } from 'fastify';

/** Whether a page asks by itself, whoever sits at it or not; said in the route's config. It keeps no session alive. */
interface UnattendedConfig {
  isUnattended: true;
}
export const unattendedRoute: UnattendedConfig = { isUnattended: true };

export const isUnattended = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Partial<UnattendedConfig> | undefined)?.isUnattended === true;
