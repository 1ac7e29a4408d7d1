import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLive } from './live-route.js';

/** What is no page of ours loads nothing, sends nothing, and is shown within nothing. */
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The API's documentation is a page with scripts and styles of its own; its styles are partly set by script. */
const documentation =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const halfYearSeconds = 15_768_000;

/** What every answer carries, unless its route says otherwise: nothing is stored by anyone but who says so. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': nothing,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
};

const isDocumentation = ({ routeOptions }: FastifyRequest): boolean =>
  /^\/docs(?:\/|$)/.test(routeOptions.url ?? '');

/** `isSecure`: people reach us over TLS, and are to do so from then on. */
export const headersOf = (isSecure: boolean): Readonly<Record<string, string>> => ({
  ...securityHeaders,
  ...(isSecure ? { 'Strict-Transport-Security': `max-age=${halfYearSeconds}` } : {}),
});

export const sendSecurityHeaders = (fastify: FastifyInstance, isSecure: boolean): void => {
  const always = headersOf(isSecure);
  const ofDocumentation = { ...always, 'Content-Security-Policy': documentation };
  fastify.addHook('onRequest', (request, reply, done) => {
    const headers = isDocumentation(request) ? ofDocumentation : always;
    void reply.headers(headers);
    // Streams, and what answers beside the routes, write to the connection themselves.
    if (isLive(request) || request.routeOptions.url === undefined) {
      for (const [name, value] of Object.entries(headers)) reply.raw.setHeader(name, value);
    }
    done();
  });
};
