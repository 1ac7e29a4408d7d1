import { z } from 'zod';
import { isText, isVisible, plainText } from '../shared/text/plain-text.js';
import { roles, type Principal } from './permissions.js';

/** As OpenID Connect bounds it. */
const maxSubjectLength = 255;

const unseen = /\p{Default_Ignorable_Code_Point}/u;

/**
 * Who someone is stands in histories and in the log for good: nothing in it is unseen, ends a line, or turns the text around it. It is
 * refused and not mended, since two people could become one.
 */
const subject = z
  .string()
  .max(maxSubjectLength)
  .refine((sub) => isText(sub) && isVisible(sub) && plainText(sub, 'line') === sub && !unseen.test(sub));

/** What a token of ours says beside the registered claims; unknown roles are ignored, they are someone else's. */
const claims = z.object({
  sub: subject,
  roles: z.array(z.string()),
  establishments: z.array(z.string()).default([]),
});

/** Whom a token speaks for; undefined where it lacks a good sub, roles or establishments. */
export const principalOfClaims = (payload: unknown): Principal | undefined => {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sub, roles: named, establishments } = parsed.data;
  return {
    id: sub,
    roles: roles.filter((role) => named.includes(role)),
    establishments: establishments.includes('*') ? 'all' : new Set(establishments),
  };
};

const clientClaims = z.object({ azp: z.string().optional(), client_id: z.string().optional() });

/** The program that a token was issued to: `client_id` of an access token (RFC 9068), `azp` as many issuers have it. */
export const clientOfClaims = (payload: unknown): string | undefined => {
  const { client_id: clientId, azp } = clientClaims.safeParse(payload).data ?? {};
  return clientId ?? azp;
};
