import { signDevelopmentToken } from '../../../src/access/development-issuer.js';
import type { Role } from '../../../src/access/permissions.js';

/** A token of the built-in issuer, which every server of this checkout accepts. Its subject names the roles. */
export const tokenOf = (
  roles: Role | readonly Role[],
  establishments: readonly string[] = ['*'],
): Promise<string> => {
  const all = typeof roles === 'string' ? [roles] : roles;
  return signDevelopmentToken({ subject: `test:${all.join('+')}`, roles: all, establishments });
};

/** The same, of a person who is told from others of the same role. */
export const tokenOfPerson = (
  subject: string,
  role: Role | readonly Role[],
  establishments: readonly string[] = ['*'],
): Promise<string> => signDevelopmentToken({ subject, roles: [role].flat(), establishments });

/** A token that may work tickets everywhere, read every figure, and operate the projections. */
export const tokenOfAll = (): Promise<string> => tokenOf(['agent', 'producer', 'operator']);
