import { isAllowed, type Principal, type Scope, scopeOf } from '../access/index.js';

type Role = Principal['roles'][number];

/** Who sees what is kept besides its author: those with one of these roles who read all of these establishments. */
export interface Audience {
  shared: boolean;
  roles: readonly Role[];
  establishments: Scope;
}

/** The roles of the principal that work tickets: an auditor's or an operator's share no queues. */
const rolesAtWork = ({ id, establishments, roles }: Principal): Role[] =>
  roles.filter((role) => isAllowed({ id, establishments, roles: [role] }, 'tickets:read'));

/**
 * The people an author works with. Nobody says which team a person is in; what is known are roles and establishments. Whoever does the
 * same work at every establishment of the author's is the author's team: a name or a filter may speak of each of them, and must reach
 * nobody who does not read it. What is about one establishment (`about`, a code) is for those who read that one.
 */
export const teamOf = (author: Principal, about?: string): Omit<Audience, 'shared'> => ({
  roles: rolesAtWork(author),
  establishments: about === undefined ? scopeOf(author) : [about],
});
