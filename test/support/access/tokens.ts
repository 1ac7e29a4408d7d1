import { signDevelopmentToken } from '../../../src/access/development-issuer.js';
import type { Role } from '../../../src/access/permissions.js';

/** A token of the built-in issuer, good for every server of this checkout. The subject says whose it is. */
export const tokenOf = (
  roles: Role | readonly Role[],
  establishments: readonly string[] = ['*'],
): Promise<string> => {
  const all = typeof roles === 'string' ? [roles] : roles;
  return signDevelopmentToken({ subject: `test:${all.join('+')}`, roles: all, establishments });
};

/** Works tickets everywhere and reads every figure. */
export const tokenOfAll = (): Promise<string> => tokenOf(['agent', 'producer', 'operator']);
