import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/problem.js';

/** How long a client may keep a connection waiting, in milliseconds. How long the server itself takes is not limited here. */
export interface TimeLimits {
  /** From a connection's opening, or a request's first byte, to the last of its headers. */
  headersMs: number;
  /** Between two chunks of a body. */
  bodySilenceMs: number;
  /** A body that takes longer must arrive at `minBytesPerSecond` or more, on average, from then on. */
  bodyGraceMs: number;
  minBytesPerSecond: number;
  /** For an answer of which the client reads nothing. */
  unreadMs: number;
  /** For the rest of a body whose request is answered already. */
  lingerMs: number;
  /** Between two requests on a connection. Longer than the minute for which proxies keep theirs. */
  idleMs: number;
  /** For the requests in progress, once the server is told to stop. */
  stopMs: number;
}

export const defaultTimeLimits: TimeLimits = {
  headersMs: 20_000,
  bodySilenceMs: 20_000,
  // A tablet at the edge of a network sends some kilobytes a second; a client that sends a byte now and then is no tablet.
  bodyGraceMs: 60_000,
  minBytesPerSecond: 64,
  unreadMs: 60_000,
  lingerMs: 30_000,
  idleMs: 72_000,
  stopMs: 10_000,
};

/** Holds bodies to the limits. Its hook must come after all others that look at a body: a body flows once its first listener is on. */
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

/** Fails a body that stops on its way, or arrives too slowly: whoever reads it gets `request-timeout`, which is answered 408. */
const limitBody = (raw: IncomingMessage, limits: TimeLimits): void => {
  const { bodySilenceMs, bodyGraceMs, minBytesPerSecond } = limits;
  const startedAt = performance.now();
  let received = 0;
  const fail = (): void => {
    // The reader gets an error, as for a broken body, but the connection stays open for the answer.
    raw.emit('error', new Problem('request-timeout', { headers: { Connection: 'close' } }));
  };
  const silence = setTimeout(fail, bodySilenceMs);
  const count = (part: Buffer): void => {
    silence.refresh();
    received += part.length;
    const lateMs = performance.now() - startedAt - bodyGraceMs;
    if (received < (minBytesPerSecond * lateMs) / 1_000) fail();
  };
  const forget = (): void => {
    clearTimeout(silence);
    raw.off('data', count);
  };
  raw.on('data', count);
  for (const end of ['end', 'close', 'error']) raw.once(end, forget);
};

/** So much of a body that nobody waits for is let in. */
const maxRestBytes = 1_048_576;

/**
 * The rest of a body that nobody waits for is let in, since its sender may read nothing before: a little of it. Then nothing more is
 * read, and our side is closed, so that the sender stops and finds the answer; a while later the connection is reset.
 */
const limitRest = (raw: IncomingMessage, { lingerMs }: TimeLimits): void => {
  const { socket } = raw;
  const linger = setTimeout(() => socket.destroy(), lingerMs).unref();
  let rest = 0;
  raw.on('data', (part: Buffer) => {
    rest += part.length;
    if (rest <= maxRestBytes) return;
    raw.pause();
    socket.end();
  });
  for (const end of ['end', 'close']) raw.once(end, () => clearTimeout(linger));
  // A file that is refused before its route reads it stands still by order. Left so, its connection would be reset beneath a later request.
  raw.resume();
};
