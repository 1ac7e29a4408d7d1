import type { FastifyReply } from 'fastify';

/** Says that the answer depends on these headers of the request, beside those it depends on already. */
export const varyBy = (reply: FastifyReply, ...headers: string[]): void => {
  const known = String(reply.getHeader('Vary') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const added = headers.filter((name) => !known.some((one) => one.toLowerCase() === name.toLowerCase()));
  void reply.header('Vary', [...known, ...added].join(', '));
};
