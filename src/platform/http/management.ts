import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems/problem.js';

/** What is for those who run the server, and tells how it is made and how busy it is. */
const forOperators = /^\/(?:metrics|docs|docs-yaml|openapi\.json)(?:\/|$)/;
const forBoth = /^\/health(?:\/|$)/;

/** Whether a request came to the management port. */
export const isFromManagement = ({ raw }: FastifyRequest, port: number | undefined): boolean =>
  port === undefined || raw.socket.localPort === port;

/**
 * With a management port, what is for operators is there, and there is nothing else; `port` is asked for once it is known. Told by
 * the route: the same one is found by addresses that are written otherwise, such as /%6Detrics.
 */
export const separateManagement = (fastify: FastifyInstance, port: () => number | undefined): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const managementPort = port();
    const { url = '' } = request.routeOptions;
    if (managementPort === undefined || forBoth.test(url)) done();
    else if (isFromManagement(request, managementPort) === forOperators.test(url)) done();
    else done(new Problem('not-found'));
  });
};
