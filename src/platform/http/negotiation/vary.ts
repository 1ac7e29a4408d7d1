import type { FastifyReply } from 'fastify';

/** Adds these request headers to the answer's `Vary`, beside those that are in it already. */
export const varyBy = (reply: FastifyReply, ...headers: string[]): void => {
  const known = String(reply.getHeader('Vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const added = headers.filter((name) => !known.some((old) => old.toLowerCase() === name.toLowerCase()));
  void reply.header('Vary', [...known, ...added].join(', '));
};
