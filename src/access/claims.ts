import { z } from 'zod';
import { roles, type Principal } from './permissions.js';

/** What a token of ours says beside the registered claims; unknown roles are ignored, they are someone else's. */
const claims = z.object({
  sub: z.string().min(1),
  roles: z.array(z.string()),
  establishments: z.array(z.string()).default([]),
});

/** Whom a token speaks for; undefined where it lacks sub, roles or establishments. */
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
