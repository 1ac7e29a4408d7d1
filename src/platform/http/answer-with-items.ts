import type { FastifyReply } from 'fastify';

/** A list's answer whose items PostgreSQL has written already, as JSON with commas between them; `rest` holds one member at least. */
export const answerWithItems = (reply: FastifyReply, items: string, rest: object): string => {
  void reply.type('application/json; charset=utf-8');
  return `{"items":[${items}],${JSON.stringify(rest).slice(1)}`;
};
