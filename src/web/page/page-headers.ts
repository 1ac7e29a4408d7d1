import type { FastifyReply } from 'fastify';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import type { Language } from '../../shared/text/text.js';

/** Where forms may lead. Browsers hold the form that signs out to where its answer leads, too: to the identity provider. */
export const formActions = (signsOutAt: string | undefined): string =>
  `form-action 'self'${signsOutAt === undefined ? '' : ` ${signsOutAt}`}`;

/** The headers of a page that is made for one person: no cache may keep a copy of it. */
export const sendPageHeaders = (
  reply: FastifyReply,
  { policy, language }: { policy: string; language: Language },
): void => {
  void reply.header('Content-Security-Policy', policy);
  void reply.header('Cache-Control', 'no-store');
  void reply.header('Content-Language', language);
  varyBy(reply, 'Cookie', 'Accept-Language');
  void reply.header('Referrer-Policy', 'same-origin');
  void reply.type('text/html; charset=utf-8');
};
