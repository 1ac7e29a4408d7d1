import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

/** How long others may keep a connection waiting, in milliseconds. How long we take ourselves is not limited here. */
export interface TimeLimits {
  /** From a connection's opening, or a request's first byte, to the last of its headers. */
  headersMs: number;
  /** Between two parts of a body. */
  bodySilenceMs: number;
  /** A body that takes longer has come at `minBytesPerSecond` or more since, on average. */
  bodyGraceMs: number;
  minBytesPerSecond: number;
  /** For an answer of which nothing is taken. */
  unreadMs: number;
  /** For the rest of a body that is answered already. */
  lingerMs: number;
  /** Between two requests on a connection. Longer than the minute for which proxies keep theirs. */
  idleMs: number;
  /** For the requests at hand, once the server is told to stop. */
  stopMs: number;
}

export const defaultTimeLimits: TimeLimits = {
  headersMs: 20_000,
  bodySilenceMs: 20_000,
  // A tablet at the edge of a network sends some kilobytes a second; one byte now and then is nobody's tablet.
  bodyGraceMs: 60_000,
  minBytesPerSecond: 64,
  unreadMs: 60_000,
  lingerMs: 30_000,
  idleMs: 72_000,
  stopMs: 10_000,
};

/** Holds bodies to the limits. Its hook comes after all others that look at a body: reading begins with the first who listens. */
export const limitBodies = (fastify: FastifyInstance, limits: TimeLimits): void => {
  fastify.addHook('preParsing', ({ raw }, _reply, payload, done) => {
    if (hasBody(raw)) limitBody(raw, limits);
    done(null, payload);
  });
  fastify.addHook('onResponse', ({ raw }, _reply, done) => {
    if (!raw.complete && !raw.destroyed) limitRest(raw, limits);
    done();
  });
};

const hasBody = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** A body that stops on its way, or comes too slowly, is answered 408 where it is waited for. */
const limitBody = (raw: IncomingMessage, limits: TimeLimits): void => {
  const { bodySilenceMs, bodyGraceMs, minBytesPerSecond } = limits;
  const startedAt = performance.now();
  let received = 0;
  const fail = (): void => {
    // Told as a body that is broken is, but the connection stays for the answer.
    raw.emit('error', new Problem('request-timeout', { headers: { Connection: 'close' } }));
  };
  const silence = setTimeout(fail, bodySilenceMs);
  const hear = (part: Buffer): void => {
    silence.refresh();
    received += part.length;
    const lateMs = performance.now() - startedAt - bodyGraceMs;
    if (received < (minBytesPerSecond * lateMs) / 1_000) fail();
  };
  const forget = (): void => {
    clearTimeout(silence);
    raw.off('data', hear);
  };
  raw.on('data', hear);
  for (const end of ['end', 'close', 'error']) raw.once(end, forget);
};

/** The rest of a body that nobody waits for is let in, since its sender may read nothing before: for a while. */
const limitRest = (raw: IncomingMessage, { lingerMs }: TimeLimits): void => {
  const linger = setTimeout(() => raw.socket.destroy(), lingerMs).unref();
  for (const end of ['end', 'close']) raw.once(end, () => clearTimeout(linger));
};
